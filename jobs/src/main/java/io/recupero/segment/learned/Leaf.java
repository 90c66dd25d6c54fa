package io.recupero.segment.learned;

import io.recupero.segment.learned.Dimension.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Customers that a tree puts together: between which limits they lie.
 *
 * @param cluster the group that most of them are in
 * @param limits by dimension, above the first and not above the second
 */
record Leaf(int cluster, Map<Dimension, double[]> limits) {

  Leaf {
    limits = new LinkedHashMap<>(limits);
  }

  /** Returns the leaf with one more limit. */
  static Map<Dimension, double[]> within(
      Map<Dimension, double[]> limits, Dimension dimension, double low, double high) {
    Map<Dimension, double[]> narrower = new LinkedHashMap<>(limits);
    double[] now =
        limits.getOrDefault(
            dimension, new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
    narrower.put(dimension, new double[] {Math.max(now[0], low), Math.min(now[1], high)});
    return narrower;
  }

  /** Returns the conditions of its customers, as SQL over their features. */
  List<String> conditions() {
    Map<Feature, Map<Dimension, double[]>> byFeature = new LinkedHashMap<>();
    limits.forEach(
        (dimension, limit) ->
            byFeature
                .computeIfAbsent(dimension.feature(), it -> new LinkedHashMap<>())
                .put(dimension, limit));
    List<String> conditions = new ArrayList<>();
    byFeature.forEach(
        (feature, of) -> {
          String sql =
              feature instanceof Feature.Numeric number
                  ? number(number, of)
                  : words((Feature.Categorical) feature, of);
          if (!sql.isEmpty()) {
            conditions.add(sql);
          }
        });
    return conditions;
  }

  private static String number(Feature.Numeric feature, Map<Dimension, double[]> limits) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    Boolean missing = null;
    for (Map.Entry<Dimension, double[]> limit : limits.entrySet()) {
      if (limit.getKey().kind() == Kind.MISSING) {
        missing = isTrue(limit.getValue());
      } else {
        low = limit.getValue()[0];
        high = limit.getValue()[1];
      }
    }
    return feature.between(low, high, missing);
  }

  private static String words(Feature.Categorical feature, Map<Dimension, double[]> limits) {
    Set<String> allowed = new HashSet<>(feature.levels());
    boolean others = true;
    boolean missing = true;
    for (Map.Entry<Dimension, double[]> limit : limits.entrySet()) {
      Dimension dimension = limit.getKey();
      boolean is = isTrue(limit.getValue());
      if (is) {
        allowed.retainAll(
            dimension.kind() == Kind.LEVEL ? Set.of(dimension.level()) : Set.<String>of());
        others &= dimension.kind() == Kind.OTHER;
        missing &= dimension.kind() == Kind.MISSING;
      } else {
        allowed.remove(dimension.level());
        others &= dimension.kind() != Kind.OTHER;
        missing &= dimension.kind() != Kind.MISSING;
      }
    }
    return feature.among(allowed, others, missing);
  }

  /** Of a dimension that is 1 or 0: whether it must be 1. */
  private static boolean isTrue(double[] limit) {
    return limit[0] >= 0;
  }
}
