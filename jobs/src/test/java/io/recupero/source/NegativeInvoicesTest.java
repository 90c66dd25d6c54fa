package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NegativeInvoicesTest {

  private static final String ROWS =
      """
      invoice_id,customer_id,issue_date,due_date,amount,currency,credited_invoice_id
      F1,C1,2026-02-01,2026-03-10,200,USD,
      N1,C1,2026-03-01,2026-03-31,-50.10,USD,F1
      N2,C1,2026-03-01,2026-03-31,-7,USD,
      Z1,C1,2026-03-01,2026-03-31,0.00,USD,
      N3,C1,s/f,2026-03-31,-1,USD,F1
      """;

  @TempDir Path folder;

  private static void check(Map<String, Dataset<Row>> frames) {
    assertThat(Inbox.rows(frames.get("invoices"), "invoice_id", "amount", "_record"))
        .containsExactly("F1|200|1", "Z1|0.00|4");
    assertThat(
            Inbox.rows(
                frames.get("adjustments").where("kind = 'credit_note'"),
                "adjustment_id",
                "coalesce(invoice_id, '-')",
                "effective_on",
                "amount",
                "_record",
                "_file LIKE '%invoices.csv'"))
        .containsExactly(
            "N1|F1|2026-03-01|50.10|2|true", "N2|-|2026-03-01|7|3|true", "N3|F1|s/f|1|5|true");
  }

  @Test
  void theSettingsMakeCreditNotesOfCanonicalOnesBesideTheFilesOwn() {
    var inbox =
        new Inbox(folder)
            .with("invoices.csv", ROWS)
            .with(
                "adjustments.csv",
                "adjustment_id,invoice_id,kind,effective_on,amount\nJ1,F1,discount,2026-03-01,1\n");
    var tables = new SourceReader(TestSpark.session(), inbox.lake, true).read(inbox.take());
    check(tables.frames());
    assertThat(tables.frames().get("adjustments").count()).isEqualTo(4);
    assertThat(tables.warnings()).isEmpty();
  }

  @Test
  void aMappingMakesThemOfItsOwn() throws IOException {
    String mapping =
        """
        sources: {s: {files: invoices.csv}}
        tables:
          invoices:
            from: s
            negative_as: credit_note
            columns:
              invoice_id: invoice_id
              customer_id: customer_id
              issue_date: parse_date(issue_date)
              due_date: parse_date(due_date)
              amount: parse_number(amount)
              currency: currency
              credited_invoice_id: credited_invoice_id
        """;
    var inbox = new Inbox(folder).with("invoices.csv", ROWS);
    Mapping loaded = Mappings.load(Files.writeString(folder.resolve("m.yaml"), mapping));
    Batch batch =
        new Intake(inbox.lake).take("b", Inbox.ARRIVED, "m", MappedFiles.find(loaded, inbox.input));
    var frames = new SourceReader(TestSpark.session(), inbox.lake).read(batch, loaded).frames();
    check(frames);
    assertThat(Inbox.rows(frames.get("adjustments"), "replace(_written, '\t', ' ')"))
        .containsExactly("null", "null", "invalid_effective_on m.yaml:9 2026-03-31");
    Path wrong = Files.writeString(folder.resolve("w.yaml"), mapping.replace("credit_note", "x"));
    assertThatThrownBy(() -> Mappings.load(wrong))
        .hasMessageContaining("w.yaml:5: Invalid negative_as x. It is credit_note");
  }
}
