package io.recupero.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.recupero.kpi.MartShape.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where the balances at the close of last month are on a date: by state then (rows) and state now
 * or way out (columns). The shares of a row add up to one.
 */
public final class RollMatrix {

  private static final String MART = "gold.roll_daily";
  private static final String FROM = "from_state";
  private static final String TO = "to_state";
  private static final String UNRATED = "amount" + Cells.UNRATED;

  private final MartShape shape;
  private final MartReader reader;

  /** Reads the mart that {@code marts} describe from the tables that {@code reader} finds. */
  public RollMatrix(Collection<MartShape> marts, MartReader reader) {
    this.shape = marts.stream().filter(it -> it.mart().equals(MART)).findFirst().orElseThrow();
    this.reader = reader;
  }

  /**
   * One field of the matrix.
   *
   * @param amount null where a currency has no rate
   * @param count receivables; 0 in the row of charges, which are of receivables counted elsewhere
   * @param share amount / sum of its row, 1 being all; null where the row is zero
   */
  public record Field(
      LocalDate asOf,
      List<String> dimensions,
      String from,
      String to,
      BigDecimal amount,
      Long count,
      BigDecimal share) {}

  /**
   * Evaluates a question without KPIs: its dates, dimensions, currency and condition.
   *
   * @throws InvalidQueryException if it names what does not exist, or would add amounts of several
   *     currencies
   */
  public List<Field> evaluate(KpiQuery query) {
    check(query);
    Set<String> keys = new LinkedHashSet<>(query.by());
    keys.addAll(List.of("currency", FROM, TO));
    Dataset<Row> deltas = reader.read(MART);
    Dataset<Row> chosen = query.where() == null ? deltas : deltas.where(query.where());
    Dataset<Row> rates =
        query.to() == null
            ? null
            : Rates.table(
                deltas.sparkSession(),
                Rates.at(reader.read(MartReader.RATES), query.asOf(), query.to()),
                query.asOf(),
                query.to());
    Dataset<Row> cells =
        Cells.converted(
            new Cells(keys, List.of("amount"), List.of("count")).at(query.asOf(), chosen),
            List.of("amount"),
            rates);
    refuseSeveralCurrencies(query, cells);
    Column[] by =
        Stream.of(List.of("as_of"), query.by(), List.of(FROM, TO))
            .flatMap(List::stream)
            .map(name -> col(name))
            .toArray(Column[]::new);
    Column known = rates == null ? lit(true) : expr("NOT BOOL_OR(" + UNRATED + ")");
    List<Row> fields =
        cells
            .groupBy(by)
            .agg(when(known, sum("amount")).as("amount"), sum("count").as("count"))
            .orderBy(by)
            .collectAsList();
    Map<List<Object>, BigDecimal> wholes = new HashMap<>();
    for (Row row : fields) {
      wholes.merge(rowOf(query, row), amount(row).orElse(BigDecimal.ZERO), BigDecimal::add);
    }
    return fields.stream().map(row -> field(query, row, wholes.get(rowOf(query, row)))).toList();
  }

  private static List<Object> rowOf(KpiQuery query, Row row) {
    List<Object> key = new ArrayList<>();
    key.add(row.getAs("as_of"));
    query.by().forEach(dimension -> key.add(row.getAs(dimension)));
    key.add(row.getAs(FROM));
    return key;
  }

  private static Optional<BigDecimal> amount(Row row) {
    return Optional.ofNullable(row.getAs("amount"));
  }

  private void check(KpiQuery query) {
    List<String> problems = new ArrayList<>();
    Set<String> known = new TreeSet<>(shape.columns(Role.DIMENSION));
    if (query.asOf().isEmpty()) {
      problems.add("Invalid question: no as-of date. Name one, such as 2026-01-31.");
    }
    if (!query.ids().isEmpty()) {
      problems.add("Cannot tell figures and the roll matrix at once. Ask for one of them.");
    }
    List<String> wanted = new ArrayList<>(query.by());
    if (query.where() != null) {
      wanted.addAll(QueryCheck.columns(query.where(), problems));
    }
    for (String name : wanted) {
      if (!known.contains(name)) {
        problems.add(
            "Cannot group or filter the roll matrix by '%s'. %sDimensions are %s."
                .formatted(name, Near.question(name, known), String.join(", ", known)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidQueryException(problems);
    }
  }

  private static void refuseSeveralCurrencies(KpiQuery query, Dataset<Row> cells) {
    if (query.to() != null || query.by().contains("currency")) {
      return;
    }
    List<String> currencies =
        cells.select("currency").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    if (currencies.size() > 1) {
      throw new InvalidQueryException(
          List.of(
              "Cannot add amounts in several currencies (%s) in the roll matrix. Group by currency, "
                      .formatted(currencies.stream().collect(Collectors.joining(", ")))
                  + "keep one (currency = '%s'), or name a currency to convert to."
                      .formatted(currencies.get(0))));
    }
  }

  private static Field field(KpiQuery query, Row row, BigDecimal whole) {
    List<String> dimensions = new ArrayList<>();
    query.by().forEach(dimension -> dimensions.add(row.getAs(dimension)));
    Optional<BigDecimal> share =
        amount(row)
            .filter(amount -> whole.signum() != 0)
            .map(amount -> amount.divide(whole, Rate.DECIMALS, RoundingMode.HALF_EVEN));
    return new Field(
        row.<java.sql.Date>getAs("as_of").toLocalDate(),
        dimensions,
        row.getAs(FROM),
        row.getAs(TO),
        KpiRow.plain(row.getAs("amount")),
        row.getAs("count"),
        KpiRow.plain(share.orElse(null)));
  }
}
