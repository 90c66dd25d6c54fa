package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalCsvTest {

  private static final String ROW = ",C1,2026-01-01,2026-01-31,100.50,CLP\n";

  @TempDir Path folder;

  private Inbox invoices(String rows) {
    return new Inbox(folder).with("invoices.csv", Inbox.INVOICES + rows);
  }

  @Test
  void aRecordKeepsItsTextsAndWhereItCameFrom() {
    var frame = invoices("F1" + ROW).table("invoices");
    assertThat(
            Inbox.rows(
                frame,
                "invoice_id",
                "customer_id",
                "issue_date",
                "amount",
                "portfolio_id",
                "_batch",
                "_file",
                "_record",
                "_arrived_at",
                "_problem",
                "_raw"))
        .containsExactly(
            "F1|C1|2026-01-01|100.50|null|b1|invoices/invoices.csv|1|2026-04-01 10:00:00.0|null|"
                + "{\"invoice_id\":\"F1\",\"customer_id\":\"C1\",\"issue_date\":\"2026-01-01\",\"due_date\":\"2026-01-31\",\"amount\":\"100.50\",\"currency\":\"CLP\"}");
  }

  @Test
  void semicolonsBlanksCaseAndAByteOrderMarkAreNoObstacle() {
    var frame =
        new Inbox(folder)
            .with(
                "Invoices.CSV",
                "\uFEFF\"Invoice ID\" ; CUSTOMER_ID;Issue_Date;due_date;amount;currency\r\nF1; C1 ;2026-01-01;2026-01-31;\u00a01,5\u00a0;CLP\r\n\r\n")
            .table("invoices");
    assertThat(Inbox.rows(frame, "invoice_id", "customer_id", "amount", "currency"))
        .containsExactly("F1|C1|1,5|CLP");
  }

  @Test
  void quotedFieldsHoldDelimitersNewlinesAndDoubledQuotes() {
    var frame =
        new Inbox(folder)
            .with(
                "customers.csv",
                "customer_id,name,region\nC1,\"Ñandú, \"\"El\"\"\nS.A.\",RM\nC2, \"a,b\" ,\"\"\nC3,5\" tubo,x")
            .table("customers");
    assertThat(Inbox.rows(frame, "customer_id", "name", "region", "_record", "_problem"))
        .containsExactly(
            "C1|Ñandú, \"El\"\nS.A.|RM|1|null", "C2|a,b|null|2|null", "C3|5\" tubo|x|3|null");
  }

  @Test
  void aRowWithTooFewOrTooManyFieldsIsNeitherShiftedNorDropped() {
    var frame =
        invoices("F1" + ROW + "F2,C1\nF3,C1,2026-01-01,2026-01-31,1,5,CLP\nF4" + ROW)
            .table("invoices");
    assertThat(
            Inbox.rows(
                frame, "invoice_id", "_record", "_problem", "if(_problem is null, '', _raw)"))
        .containsExactly(
            "F1|1|null|",
            "null|2|unreadable_record|{\"_line\":\"F2,C1\"}",
            "null|3|unreadable_record|{\"_line\":\"F3,C1,2026-01-01,2026-01-31,1,5,CLP\"}",
            "F4|4|null|");
  }

  @Test
  void aTruncatedLastLineIsMalformed() {
    var frame = invoices("F1" + ROW + "F2,C1,2026-01-0").table("invoices");
    assertThat(Inbox.rows(frame, "invoice_id", "_problem"))
        .containsExactly("F1|null", "null|unreadable_record");
  }

  @Test
  void aQuoteThatNeverClosesCostsItsOwnLineOnly() {
    var frame = invoices("\"F1" + ROW + "F2" + ROW + "F3" + ROW).table("invoices");
    assertThat(Inbox.rows(frame, "invoice_id", "_record", "_problem"))
        .containsExactly("null|1|unreadable_record", "F2|2|null", "F3|3|null");
  }

  @Test
  void aQuoteThatClosesInALaterRecordDoesNotSwallowWhatIsBetween() {
    var frame =
        invoices("\"F1" + ROW + "F2" + ROW + "F3,\"C1\",2026-01-01,2026-01-31,1,CLP\n")
            .table("invoices");
    assertThat(Inbox.rows(frame, "invoice_id", "_record", "_problem"))
        .containsExactly("null|1|unreadable_record", "F2|2|null", "F3|3|null");
  }

  @Test
  void aHeaderAloneIsAnEmptyTableAndAMissingFileAMissingOne() {
    var tables =
        invoices("").with("payments.csv", "payment_id,customer_id,paid_on,amount,currency").read();
    assertThat(tables.frames().keySet()).containsExactly("invoices", "payments");
    assertThat(tables.frames().get("invoices").count()).isZero();
  }

  @Test
  void severalFilesOfOneTableAreReadTogetherEachByItsOwnHeader() {
    var frame =
        new Inbox(folder)
            .with("invoices/a.csv", Inbox.INVOICES + "F1" + ROW)
            .with(
                "invoices/b.csv",
                "currency;amount;due_date;issue_date;customer_id;Invoice_Id;extra\nUSD;2;2026-01-31;2026-01-01;C2;F2;x\n")
            .table("invoices");
    assertThat(
            Inbox.rows(frame, "invoice_id", "currency", "_file", "_record", "_raw like '%extra%'"))
        .containsExactly("F1|CLP|invoices/a.csv|1|false", "F2|USD|invoices/b.csv|1|true");
  }

  @Test
  void anUnknownColumnIsWarnedAboutWithTheNameThatWasProbablyMeant() {
    var tables = new Inbox(folder).with("customers.csv", "customer_id,contry\nC1,CL\n").read();
    assertThat(tables.warnings())
        .containsExactly(
            "customers/customers.csv: the column contry is not used: customers has none of that name. Did you mean country?");
  }

  @Test
  void everythingThatCannotBeReadIsSaidAtOnce() {
    var inbox =
        new Inbox(folder)
            .with(
                "invoices.csv",
                "invoice_id,customer_id,issue_date,duedate,amount\nF1,C1,2026-01-01,2026-01-31,1\n")
            .with("customers.csv", new byte[0])
            .with("payments.csv", "payment_id:customer_id:paid_on:amount:currency\n")
            .with("refunds.csv", "refund_id,customer_id,refunded_on,amount,amount\n");
    assertThatThrownBy(inbox::read)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(
            "invoices/invoices.csv:1: Cannot read as invoices: required columns are missing: due_date (duedate?) currency. Found: invoice_id | customer_id")
        .hasMessageContaining(
            "customers/customers.csv: Cannot read this file: it is empty (0 bytes)")
        .hasMessageContaining("The header seems to be one field")
        .hasMessageContaining(
            "refunds/refunds.csv:1: Invalid header: the column amount stands there twice");
  }

  @Test
  void workbooksAndOtherBinaryFilesAreRecognised() {
    var inbox =
        new Inbox(folder)
            .with("customers.csv", new byte[] {'P', 'K', 3, 4, 20})
            .with("invoices.csv", Inbox.INVOICES + "F1\0\0\0,C1\n");
    assertThatThrownBy(inbox::read)
        .hasMessageContaining("Excel workbook")
        .hasMessageContaining("invoices/invoices.csv:2: Cannot read this file: it holds NUL bytes");
  }

  @Test
  void aBigFileIsReadInPartsAndEveryRecordKeepsItsNumber() {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 300_000; i++) {
      rows.append(i % 1000 == 0 ? "\"F\n" + i + '"' : "F" + i)
          .append(",C,2026-01-01,2026-01-31,100,CLP\n");
    }
    var frame = invoices(rows.toString()).table("invoices");
    var sums =
        frame
            .selectExpr(
                "count(*)",
                "count_if(_problem is not null)",
                "count_if(int(replace(substr(invoice_id, 2), '\n', '')) <> _record)")
            .head();
    assertThat(sums.mkString(" ")).isEqualTo("300000 0 0");
  }
}
