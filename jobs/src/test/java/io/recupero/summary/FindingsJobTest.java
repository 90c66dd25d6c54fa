package io.recupero.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import io.recupero.contract.Reference;
import io.recupero.ledger.LedgerFinding;
import io.recupero.plan.Inputs;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What is told of findings, out of records, files and the ledger. */
class FindingsJobTest {

  private static final Contracts CONTRACTS = Contracts.load();
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  private static final String RECORD =
      "'run-000001' AS _batch, 'a.csv' AS _file, CAST(%d AS BIGINT) AS _record, %s AS _findings,"
          + " TIMESTAMP'2026-03-%02d 12:00:00Z' AS known_at, %s AS _repeated, %s";

  @Test
  void everyKindOfTheLedgerAndOfReferencesHasItsText() {
    List<String> kinds =
        Stream.concat(
                Arrays.stream(LedgerFinding.values()).map(LedgerFinding::id),
                CONTRACTS.inputs().stream()
                    .flatMap(input -> input.references().stream())
                    .filter(Reference::kept)
                    .map(Reference::id))
            .distinct()
            .toList();
    assertThat(kinds).contains("recovered_twice?", "unknown_customer");
    assertThat(CONTRACTS.contract(FindingsJob.TABLE).reasons())
        .containsKeys(kinds.toArray(String[]::new));
  }

  @Test
  void findingsOfRecordsCountWhileTheRecordStands() {
    Map<String, Dataset<Row>> tables = new HashMap<>();
    tables.put(
        "silver.customers",
        records(
            "silver.customers",
            record(1, "'country not_listed Chilee'", 1, false, "'C1' AS customer_id"),
            record(2, "'country not_listed Peruu'", 1, false, "'C2' AS customer_id"),
            record(3, "'- other_attributes'", 1, false, "'C3' AS customer_id"),
            record(4, "NULL", 2, true, "'C2' AS customer_id")));
    tables.put(
        "silver.invoices",
        records(
            "silver.invoices",
            record(1, "'customer_id unknown_customer C1'", 1, false, "'F1' AS invoice_id"),
            record(2, "'customer_id unknown_customer C9'", 1, false, "'F2' AS invoice_id"),
            record(3, "NULL", 1, false, "'F3' AS invoice_id, DATE'2026-04-01' AS issue_date"),
            record(4, "NULL", 1, false, "'F4' AS invoice_id, DATE'2026-04-30' AS issue_date")));
    assertThat(found(tables))
        .containsExactly(
            "judging|customers|country|not_listed|1|a.csv|1|C1|Chilee|country is not one of the"
                + " known codes or names: it counts as empty",
            "judging|customers|null|other_attributes|1|a.csv|3|C3|null|rows of one key in one file"
                + " differ in attributes alone: the last one counts",
            "judging|invoices|customer_id|unknown_customer|1|a.csv|2|F2|C9|the customer has no"
                + " accepted row: what is owed is kept under its id, without attributes",
            "judging|invoices|issue_date|after_as_of|2|a.csv|4|F4|2026-04-30|issue_date is after"
                + " the as-of date: it does not count yet; the first is the latest");
  }

  @Test
  void findingsOfMappingsBringTheirTextsAndThoseOfTheLedgerTheirDay() {
    Map<String, Dataset<Row>> tables = new HashMap<>();
    tables.put(
        FindingsJob.OF_FILES,
        rows(
            FindingsJob.OF_FILES,
            "'mapping' AS stage, 'odd' AS kind, 1L AS records, 'p.csv' AS file, 7L AS record,"
                + " 'raro' AS text_es, 'odd' AS text_en, 'run-000001' AS batch",
            "'mapping' AS stage, 'odd' AS kind, 1L AS records, 'p.csv' AS file, 5L AS record,"
                + " 'raro' AS text_es, 'odd' AS text_en, 'run-000002' AS batch"));
    tables.put(
        "ledger.events",
        rows(
            "ledger.events",
            "'beyond_balance' AS finding, 'J2' AS source_id, DATE'2026-02-01' AS effective_on",
            "'beyond_balance' AS finding, 'J1' AS source_id, DATE'2026-01-01' AS effective_on",
            "NULL AS finding, 'J3' AS source_id, DATE'2025-01-01' AS effective_on"));
    assertThat(found(tables))
        .containsExactly(
            "ledger|ledger.events|null|beyond_balance|2|null|null|J1|2026-01-01|a reduction is"
                + " larger than the balance and the cash that could make room: the rest is cut",
            "mapping|null|null|odd|2|p.csv|7|null|null|odd");
  }

  private static List<String> found(Map<String, Dataset<Row>> tables) {
    FindingsJob job = new FindingsJob(AS_OF, ZoneId.of("America/Santiago"));
    Map<String, Dataset<Row>> all = new HashMap<>(tables);
    job.inputs().forEach(table -> all.computeIfAbsent(table, FindingsJobTest::rows));
    return job.build(Inputs.of(all)).get(FindingsJob.TABLE).drop("text_es").collectAsList().stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }

  private static String record(
      int number, String findings, int day, boolean repeated, String values) {
    return RECORD.formatted(number, findings, day, repeated, values);
  }

  private static Dataset<Row> records(String table, String... rows) {
    return rows(table, rows);
  }

  private static Dataset<Row> rows(String table, String... rows) {
    Dataset<Row> all =
        TestSpark.session()
            .createDataFrame(
                List.of(),
                table.startsWith("silver.") && !table.equals(FindingsJob.OF_FILES)
                    ? CONTRACTS.silver(table.substring("silver.".length()))
                    : CONTRACTS.contract(table).schema());
    for (String row : rows) {
      all = all.unionByName(TestSpark.session().sql("SELECT " + row), true);
    }
    return all;
  }
}
