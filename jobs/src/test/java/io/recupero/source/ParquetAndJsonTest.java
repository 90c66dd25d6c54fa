package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetAndJsonTest {

  @TempDir Path folder;

  @Test
  void typedParquetBecomesCanonicalText() {
    TestSpark.session()
        .sql(
            "SELECT ' F1 ' invoice_id, 7L customer_id, DATE'2026-01-01' issue_date, DATE'2026-01-31' due_date, 100.5000BD amount,"
                + " 'CLP' currency, 0.1D discount_amount, TIMESTAMP'2026-01-01 09:00:00-03:00' recorded_at, '' plan_id")
        .write()
        .parquet(folder.resolve("input/invoices").toString());
    var frame = new Inbox(folder).table("invoices");
    assertThat(
            Inbox.rows(
                frame,
                "invoice_id",
                "customer_id",
                "issue_date",
                "amount",
                "discount_amount",
                "recorded_at",
                "plan_id",
                "_record",
                "_problem"))
        .containsExactly("F1|7|2026-01-01|100.5|0.1|2026-01-01T12:00:00.000000Z|null|1|null");
    assertThat(Inbox.rows(frame, "_file", "_raw").get(0))
        .startsWith("invoices/part-")
        .contains("{\"invoice_id\":\" F1 \"");
  }

  @Test
  void whatOtherToolsWriteAsParquetIsReadTogether() throws IOException {
    Path input = Files.createDirectories(folder.resolve("input/invoices"));
    List<String> written;
    try (var files = Files.list(Path.of("jobs/src/test/resources/parquet"))) {
      written =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".parquet"))
              .sorted()
              .toList();
    }
    for (String file : written) {
      Files.copy(Path.of("jobs/src/test/resources/parquet", file), input.resolve(file));
    }
    var frame = new Inbox(folder).table("invoices");
    assertThat(written).hasSize(7);
    assertThat(
            Inbox.rows(
                frame,
                "concat(invoice_id, ' ', customer_id)",
                "issue_date",
                "due_date",
                "try_cast(amount AS DECIMAL(18,4))",
                "currency || if(_raw LIKE '%2026-03-0_%2026-03-0_%', '', _raw)"))
        .containsExactlyInAnyOrderElementsOf(
            written.stream()
                .flatMap(
                    file ->
                        Stream.of(
                            "F1 7|2026-03-01|2026-03-01|100.5000|USD",
                            "F2 8|2026-03-02|2026-03-02|"
                                + (file.startsWith("duck") ? "1234.5000" : "1234.5600")
                                + "|USD"))
                .toList());
  }

  @Test
  void whatAFloatCannotSayExactlyIsSeen() {
    TestSpark.session()
        .sql(
            "SELECT '1' payment_id, 7.0D invoice_id, 0.1D + 0.2D amount, double('NaN') payment_amount"
                + " UNION ALL SELECT '2', 8, 0.1D + 0.7D, 1E7D"
                + " UNION ALL SELECT '3', 9, 12345678901234.25D, float(0.1)")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("input/payment_applications").toString());
    assertThat(
            Inbox.rows(
                new Inbox(folder).table("payment_applications"),
                "invoice_id",
                "amount",
                "payment_amount"))
        .containsExactlyInAnyOrder(
            "7|0.30000000000000004|null",
            "8|0.7999999999999999|10000000",
            "9|12345678901234.25|0.10000000149011612");
  }

  @Test
  void whatNobodyAsksForIsNotReadFromParquet() {
    TestSpark.session()
        .range(3)
        .selectExpr("string(id) customer_id", "'x' name", "'y' region")
        .write()
        .parquet(folder.resolve("input/customers").toString());
    var plan =
        new Inbox(folder)
            .table("customers")
            .select("customer_id", "_record")
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan)
        .contains("ReadSchema: struct<customer_id:string,_tmp_metadata_row_index:bigint>")
        .doesNotContain("to_json");
  }

  @Test
  void cutOffAndFalseParquetIsRefused() throws IOException {
    TestSpark.session()
        .range(3)
        .selectExpr("string(id) customer_id")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("whole").toString());
    Path part;
    try (var files = Files.list(folder.resolve("whole"))) {
      part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(part);
    var inbox =
        new Inbox(folder)
            .with("customers/cut.parquet", Arrays.copyOf(whole, whole.length - 10))
            .with("payments.parquet", "payment_id,\n");
    assertThatThrownBy(inbox::read)
        .hasMessageContaining("customers/cut.parquet: Cannot read as Parquet")
        .hasMessageContaining("payments/payments.parquet: Cannot read as Parquet");
  }

  @Test
  void jsonLinesKeepNumbersAsWrittenAndBrokenLinesAsRecords() {
    var frame =
        new Inbox(folder)
            .with(
                "payments.jsonl",
                "{\"payment_id\":\"007\",\"customer_id\":\"C1\",\"paid_on\":\"2026-01-01\",\"amount\":12345678901234567.10,\"currency\":\"CLP\",\"more\":{\"a\":[1]}}\n{\"payment_id\":\n\n[1]\n{\"payment_id\":\"P2\",\"amount\":null}\n")
            .table("payments");
    assertThat(Inbox.rows(frame, "payment_id", "amount", "_record", "_problem"))
        .containsExactly(
            "007|12345678901234567.10|1|null",
            "null|null|2|unreadable_record",
            "null|null|3|unreadable_record",
            "P2|null|4|null");
    assertThat(Inbox.rows(frame, "_raw").get(1)).isEqualTo("{\"_line\":\"{\\\"payment_id\\\":\"}");
  }

  @Test
  void jsonNumbersHaveNoExponentsAndAnyEncoding() {
    String lines =
        "{\"payment_id\":12345678901234567890123,\"customer_id\":\"Peña\",\"amount\":1.0E7,\"paid_on\":null}\n"
            + "{\"payment_id\":7,\"customer_id\":\"x\",\"amount\":1e999999999,\"currency\":-2.50}\n";
    String array = "[" + lines.strip().replace("\n", ",\n") + "]";
    var inbox =
        new Inbox(folder)
            .with("payments/a.jsonl", lines.getBytes(StandardCharsets.UTF_16))
            .with("payments/b.json", array.getBytes(StandardCharsets.UTF_16LE))
            .with("payments/c.json", array.getBytes(Charset.forName("windows-1252")))
            .with("payments/d.jsonl", lines.getBytes(Charset.forName("windows-1252")));
    var tables = inbox.read();
    assertThat(
            Inbox.rows(
                tables.frames().get("payments"), "payment_id", "customer_id", "amount", "currency"))
        .containsExactlyElementsOf(
            Stream.of("a", "b", "c", "d")
                .flatMap(
                    f ->
                        Stream.of(
                            "12345678901234567890123|Peña|10000000|null", "7|x|1e999999999|-2.50"))
                .toList());
    assertThat(tables.warnings()).hasSize(2).allMatch(w -> w.contains("windows-1252"));
  }

  @Test
  void aJsonArrayIsReadAndItsBrokenTailIsARecord() {
    var frame =
        new Inbox(folder)
            .with(
                "customers.json",
                "[\n {\"customer_id\": \"C1\",\n  \"name\": \"Ana\"},\n {\"customer_id\": \"C2\"}, 7,\n {\"customer_id\":")
            .table("customers");
    assertThat(Inbox.rows(frame, "customer_id", "name", "_record", "_problem"))
        .containsExactly(
            "C1|Ana|1|null",
            "C2|null|2|null",
            "null|null|3|unreadable_record",
            "null|null|4|unreadable_record");
  }

  @Test
  void filesOfSeveralKindsMakeOneTable() {
    var frame =
        new Inbox(folder)
            .with("customers.json", "{\"customer_id\":\"C1\"}")
            .with("customers.csv", "customer_id\nC2\n")
            .table("customers");
    assertThat(Inbox.rows(frame, "customer_id")).containsExactlyInAnyOrder("C1", "C2");
  }
}
