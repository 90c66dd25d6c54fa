package io.recupero.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import io.recupero.TestSpark;
import io.recupero.ledger.PlainSilver;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is added to the marts makes them what a rebuild makes them")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MartAdditionsTest {

  private static final String ZONE = "America/Santiago";

  private MartInputs all;

  @BeforeAll
  void read() {
    Path input = Golden.folder().resolve("larger/input");
    Dataset<Row> customers =
        TestSpark.session()
            .read()
            .option("header", true)
            .option("multiLine", true)
            .csv(input.resolve("customers.csv").toString())
            .selectExpr("* EXCEPT (valid_from)", "CAST(valid_from AS DATE) AS valid_from");
    all =
        new MartInputs(
            PlainSilver.ledger(input, ZONE).cache(),
            PlainSilver.of(input, ZONE).invoices().cache(),
            customers.cache());
  }

  @Test
  void aWholeBuildTakesCustomersInOnce() {
    LocalDate asOf = LocalDate.of(2024, 6, 30);
    List<Dataset<Row>> kept = new ArrayList<>();

    Map<String, Dataset<Row>> tables =
        marts(asOf)
            .tables(
                known(Instant.parse("2024-06-30T12:00:00Z"), asOf),
                frame -> {
                  kept.add(frame);
                  return frame;
                });

    assertThat(tables).hasSizeGreaterThan(1);
    assertThat(kept).hasSize(1);
  }

  @ParameterizedTest(name = "known {0} as of {1}, then {2} as of {3}")
  @CsvSource({
    // only days pass: within a month, over a month's end, over a year
    "2024-09-30T12:00:00Z, 2024-06-10, 2024-09-30T12:00:00Z, 2024-06-11",
    "2024-09-30T12:00:00Z, 2024-05-31, 2024-09-30T12:00:00Z, 2024-06-01",
    "2024-09-30T12:00:00Z, 2023-06-15, 2024-09-30T12:00:00Z, 2024-07-20",
    // only records come
    "2024-03-01T12:00:00Z, 2024-08-31, 2024-05-01T12:00:00Z, 2024-08-31",
    // both, as every night
    "2024-02-28T12:00:00Z, 2024-02-28, 2024-02-29T12:00:00Z, 2024-02-29",
    "2024-02-29T12:00:00Z, 2024-02-29, 2024-03-31T12:00:00Z, 2024-03-01",
    "2023-08-15T12:00:00Z, 2023-08-14, 2024-09-30T12:00:00Z, 2024-09-30",
  })
  void added(Instant knownBefore, LocalDate before, Instant knownNow, LocalDate now) {
    MartInputs then = known(knownBefore, before);
    MartInputs today = known(knownNow, now);
    Dataset<Row> changed =
        today
            .ledger()
            .where(col("known_at").gt(lit(Timestamp.from(knownBefore))))
            .select("customer_id")
            .unionByName(
                today
                    .invoices()
                    .where(col("known_at").gt(lit(Timestamp.from(knownBefore))))
                    .select("customer_id"))
            .unionByName(today.attributes().exceptAll(then.attributes()).select("customer_id"));
    Map<String, Dataset<Row>> last = marts(before).tables(then);
    Map<String, Dataset<Row>> additions =
        marts(now).additions(then, today, changed, before, Dataset::cache);
    Map<String, Dataset<Row>> whole = marts(now).tables(today);
    List<Dataset<Row>> cells = new ArrayList<>();
    List<Dataset<Row>> rows = new ArrayList<>();
    List<Dataset<Row>> kept = new ArrayList<>();
    whole.forEach(
        (table, rebuilt) -> {
          Dataset<Row> former = last.get(table).cache();
          Dataset<Row> added = additions.get(table).cache();
          Dataset<Row> again = rebuilt.cache();
          kept.addAll(List.of(former, added, again));
          cells.add(signed(table, cells(former.unionByName(added)), 1));
          cells.add(signed(table, cells(again), -1));
          rows.add(counted(table, added, 1));
          rows.add(counted(table, former, -1));
          rows.add(counted(table, again, -1));
        });
    // one job for all tables: of each, the cells of one side that the other lacks
    assertThat(
            union(cells)
                .groupBy("table", "cell")
                .sum("sign")
                .where("`sum(sign)` <> 0")
                .limit(10)
                .collectAsList())
        .isEmpty();
    assertThat(union(rows).groupBy("table").sum("rows").where("`sum(rows)` > 0").collectAsList())
        .as("more rows added than there are before and after")
        .isEmpty();
    kept.forEach(Dataset::unpersist);
  }

  private static Dataset<Row> signed(String table, Dataset<Row> cells, int sign) {
    Column cell =
        functions.to_json(functions.struct(col("*")), Map.of("ignoreNullFields", "false"));
    return cells.select(lit(table).as("table"), cell.as("cell"), lit(sign).as("sign"));
  }

  private static Dataset<Row> counted(String table, Dataset<Row> frame, int sign) {
    return frame.select(lit(table).as("table"), lit(sign).as("rows"));
  }

  private static Dataset<Row> union(List<Dataset<Row>> frames) {
    return frames.stream().reduce(Dataset::unionAll).orElseThrow();
  }

  private MartInputs known(Instant until, LocalDate asOf) {
    Column known = col("known_at").leq(lit(Timestamp.from(until)));
    return new MartInputs(
        all.ledger().where(known),
        all.invoices().where(known),
        // A customer's row comes some days ahead of its own date.
        all.attributes()
            .where(col("valid_from").isNull().or(col("valid_from").leq(lit(asOf.plusDays(20))))));
  }

  private static Marts marts(LocalDate horizon) {
    return new Marts(
        Marts.standard(AgeingSchemes.load().on(LocalDate.of(2024, 6, 30)), 0),
        horizon,
        ZoneOffset.UTC);
  }

  private static Dataset<Row> cells(Dataset<Row> deltas) {
    List<Column> keys = new ArrayList<>();
    List<Column> sums = new ArrayList<>();
    List<String> any = new ArrayList<>();
    for (var field : deltas.schema().fields()) {
      boolean isPart =
          field.name().endsWith("_amount")
              || field.name().endsWith("count")
              || field.name().equals("amount");
      if (isPart) {
        sums.add(functions.sum(field.name()).as(field.name()));
        any.add(field.name() + " <> 0");
      } else {
        keys.add(col(field.name()));
      }
    }
    return deltas
        .groupBy(keys.toArray(Column[]::new))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .where(String.join(" OR ", any));
  }
}
