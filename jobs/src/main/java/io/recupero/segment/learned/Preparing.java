package io.recupero.segment.learned;

import static org.apache.spark.sql.functions.expr;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Names;
import io.recupero.segment.FeatureCard;
import io.recupero.segment.FeatureCards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Finds out how the customers to learn of can be compared. */
final class Preparing {

  /** Words of fewer customers than this are folded into others. */
  private static final double RARE = 0.02;

  /** A word or a gap of fewer customers than this is no dimension of its own. */
  private static final double SELDOM = 0.01;

  private static final int MOST_LEVELS = 8;

  /** How far the tail must reach, of 1, for the logarithm to be taken. */
  private static final double SKEWED = 0.5;

  /** Spread between the quartiles of a normal distribution, in standard deviations. */
  private static final double QUARTILES = 1.349;

  private static final Set<String> CAN_BE_SKEWED = Set.of("count", "days", "money");

  private final Dataset<Row> customers;
  private final long all;
  private final List<String> left = new ArrayList<>();

  private Preparing(Dataset<Row> customers) {
    this.customers = customers;
    this.all = customers.count();
  }

  /**
   * Returns how these customers are compared.
   *
   * @param customers with the columns of {@code gold.customer_features}
   * @throws InvalidConfigException where a feature has no card, or none of them tells customers
   *     apart
   */
  static Preparation of(Dataset<Row> customers, List<String> ids, FeatureCards cards) {
    Preparing preparing = new Preparing(customers);
    List<Feature> features = new ArrayList<>();
    for (FeatureCard card : cards(ids, cards)) {
      Feature feature =
          card.unit().equals("category") ? preparing.words(card) : preparing.number(card);
      if (feature != null) {
        features.add(feature);
      }
    }
    Map<Feature, Feature> alike = preparing.missingTogether(features);
    List<Dimension> dimensions = Preparation.dimensions(features, alike::get);
    if (dimensions.isEmpty()) {
      throw new InvalidConfigException(
          "Cannot group customers: %s have no values, or the same for all. Name other --features."
              .formatted(String.join(", ", ids)));
    }
    return new Preparation(dimensions, preparing.left);
  }

  private static List<FeatureCard> cards(List<String> ids, FeatureCards cards) {
    List<String> known = cards.all().stream().map(FeatureCard::id).toList();
    for (String id : ids) {
      if (cards.find(id).isEmpty()) {
        throw new InvalidConfigException(
            "Invalid --features: there is no feature %s.%s"
                .formatted(id, Names.didYouMean(id, known)));
      }
    }
    return ids.stream().distinct().map(id -> cards.find(id).orElseThrow()).toList();
  }

  private Feature number(FeatureCard card) {
    String id = card.id();
    boolean isMoney = card.unit().equals("money");
    Map<String, Double> units = isMoney ? units(id) : Map.of();
    String raw = Feature.Numeric.raw(id, isMoney, units);
    Row found =
        customers
            .selectExpr(raw + " AS x")
            .agg(
                expr("COUNT(x)"),
                expr("PERCENTILE(x, ARRAY(0.1D, 0.25D, 0.5D, 0.75D, 0.9D))"),
                expr("MIN(x)"),
                expr("STDDEV_POP(x)"),
                expr("STDDEV_POP(" + Feature.Numeric.logOf("x") + ")"))
            .first();
    long count = found.getLong(0);
    if (count == 0) {
      left.add(id);
      return null;
    }
    List<Double> at = found.getList(1);
    boolean log = CAN_BE_SKEWED.contains(card.unit()) && found.getDouble(2) >= 0 && tail(at);
    double quartiles = in(log, at.get(3)) - in(log, at.get(1));
    double deviation = found.getDouble(log ? 4 : 3);
    double spread = quartiles > 0 ? quartiles / QUARTILES : deviation;
    boolean missing = isEnough(all - count);
    if (spread <= 0 && !missing) {
      left.add(id);
      return null;
    }
    boolean whole = customers.schema().apply(id).dataType().equals(DataTypes.LongType);
    return new Feature.Numeric(
        card, count < all, whole, units, log, at.get(2), in(log, at.get(2)), spread);
  }

  private static boolean tail(List<Double> at) {
    double width = at.get(4) - at.get(0);
    return width <= 0 || (at.get(4) + at.get(0) - 2 * at.get(2)) / width > SKEWED;
  }

  private static double in(boolean log, double number) {
    return log ? Math.log1p(Math.max(number, 0)) : number;
  }

  /** Returns the median of amounts by currency: amounts of several are never held together. */
  private Map<String, Double> units(String id) {
    Map<String, Double> units = new TreeMap<>();
    customers
        .where("currency IS NOT NULL AND " + id + " > 0")
        .groupBy("currency")
        .agg(expr("PERCENTILE(CAST(" + id + " AS DOUBLE), 0.5D)"))
        .collectAsList()
        .forEach(row -> units.put(row.getString(0), row.getDouble(1)));
    return units;
  }

  private Feature words(FeatureCard card) {
    Map<String, Long> counts = new LinkedHashMap<>();
    customers
        .groupBy(card.id())
        .count()
        .orderBy(functions.col("count").desc(), functions.col(card.id()))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    long missing = counts.getOrDefault(null, 0L);
    List<String> levels =
        counts.entrySet().stream()
            .filter(it -> it.getKey() != null && it.getValue() >= RARE * all)
            .limit(MOST_LEVELS)
            .map(Map.Entry::getKey)
            .toList();
    long others = all - missing - levels.stream().mapToLong(counts::get).sum();
    int kinds = levels.size() + (isEnough(missing) ? 1 : 0) + (others > 0 ? 1 : 0);
    if (kinds < 2 || levels.isEmpty()) {
      left.add(card.id());
      return null;
    }
    return new Feature.Categorical(card, missing > 0, levels, others > 0);
  }

  private boolean isEnough(long customersOfIt) {
    return customersOfIt >= SELDOM * all && customersOfIt > 0;
  }

  /**
   * Returns for each feature that is missing often enough the first one that is missing for the
   * same customers.
   */
  private Map<Feature, Feature> missingTogether(List<Feature> features) {
    Map<Feature, Feature> first = new HashMap<>();
    List<Feature> gaps = features.stream().filter(Feature::hasMissing).toList();
    if (gaps.isEmpty()) {
      return first;
    }
    Column[] patterns =
        gaps.stream().map(it -> expr(it.id() + " IS NULL").as(it.id())).toArray(Column[]::new);
    Column[] inOrder = gaps.stream().map(it -> functions.col(it.id())).toArray(Column[]::new);
    List<Row> rows =
        customers.select(patterns).groupBy(inOrder).count().orderBy(inOrder).collectAsList();
    Map<List<Object>, Feature> byPattern = new HashMap<>();
    for (int i = 0; i < gaps.size(); i++) {
      int at = i;
      long missing =
          rows.stream()
              .filter(row -> row.getBoolean(at))
              .mapToLong(row -> row.getLong(gaps.size()))
              .sum();
      if (isEnough(missing)) {
        List<Object> pattern = rows.stream().map(row -> row.get(at)).toList();
        byPattern.putIfAbsent(pattern, gaps.get(i));
        first.put(gaps.get(i), byPattern.get(pattern));
      }
    }
    return first;
  }
}
