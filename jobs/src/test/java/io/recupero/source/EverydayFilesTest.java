package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as spreadsheets, databases and other systems write them, read without being told how. */
class EverydayFilesTest {

  private static final String TABLE =
      "invoice_id;customer_id;issue_date;due_date;amount;currency;portfolio_id\r\n";
  private static final String ONE = "F1;Peñón;2026-03-01;2026-03-20;100;USD;P1\r\n";
  private static final String TWO = "F2;Ürün;2026-03-01;2026-04-20;300;USD;P1\r\n";
  private static final List<String> BOTH =
      List.of("F1|Peñón|100|USD|1|null", "F2|Ürün|300|USD|2|null");

  @TempDir Path folder;
  private List<String> warnings;

  @Test
  void aHeaderAmongTheRecordsIsLeftOutAndCounted() {
    String table = TABLE + ONE + TABLE + TABLE + TWO;
    assertThat(read(table.getBytes(StandardCharsets.UTF_8))).isEqualTo(BOTH);
    assertThat(warnings).containsExactly("invoices.csv: left out 2 lines that repeat the header.");
    // A record that only begins like the header is one.
    assertThat(read((TABLE + "invoice_id;C1;;;;;\r\n").getBytes(StandardCharsets.UTF_8)))
        .containsExactly("invoice_id|C1|null|null|1|null");
  }

  /** Reads as the data source does, without Spark. */
  private List<String> read(byte[] bytes) {
    try {
      Path path = Files.write(folder.resolve("invoices.csv"), bytes);
      List<String> columns = Canonical.columns("invoices");
      Wanted wanted = new Wanted(Set.copyOf(columns), Set.copyOf(Canonical.required("invoices")));
      IndexedFile file = new TextIndexer(path, "invoices.csv", Dialect.CANONICAL, wanted).csv();
      warnings = file.warnings();
      List<String> rows = new ArrayList<>();
      for (Split split : file.splits()) {
        try (RecordCursor cursor = file.file().open(split.start())) {
          for (long i = 0; i < split.records() && cursor.next(); i++) {
            List<String> row = new ArrayList<>();
            for (String name : List.of("invoice_id", "customer_id", "amount", "currency")) {
              row.add(String.valueOf(cursor.value(index(file, name))));
            }
            row.add(String.valueOf(split.firstRecord() + i));
            row.add(cursor.problem());
            rows.add(String.join("|", row));
          }
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int index(IndexedFile file, String name) {
    return file.file().columns().stream().map(Canonical::name).toList().indexOf(name);
  }

  private List<String> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> rows(Inbox inbox) {
    return Inbox.rows(
        inbox.table("invoices"),
        "invoice_id",
        "customer_id",
        "amount",
        "currency",
        "_record",
        "_problem");
  }

  private static byte[] bytes(String mark, String text, String encoding) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(mark.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(text.getBytes(Charset.forName(encoding)));
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "'',UTF-8",
    "'\\u00ef\\u00bb\\u00bf',UTF-8",
    "'',UTF-16LE",
    "'',UTF-16BE",
    "'\\u00ff\\u00fe',UTF-16LE",
    "'\\u00fe\\u00ff',UTF-16BE",
    "'\\u00ff\\u00fe\\u0000\\u0000',UTF-32LE",
    "'',windows-1252"
  })
  void theEncodingIsSeenInTheFile(String mark, String encoding) {
    assertThat(read(bytes(unescaped(mark), TABLE + ONE + TWO, encoding))).isEqualTo(BOTH);
  }

  private static String unescaped(String mark) {
    StringBuilder out = new StringBuilder();
    for (String code : mark.split("\\\\u")) {
      out.append(code.isEmpty() ? "" : String.valueOf((char) Integer.parseInt(code, 16)));
    }
    return out.toString();
  }

  @Test
  void whatIsNotUtf8IsReadAsWindows1252FieldByFieldAndTold() {
    byte[] mixed = (TABLE + ONE).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(mixed);
    out.writeBytes(TWO.getBytes(Charset.forName("windows-1252")));
    out.writeBytes(
        "F3;\u0081\u00e9;2026-03-01;2026-04-20;1;USD\r\n".getBytes(StandardCharsets.ISO_8859_1));
    var inbox = new Inbox(folder).with("invoices.csv", out.toByteArray());
    var tables = inbox.read();
    assertThat(Inbox.rows(tables.frames().get("invoices"), "customer_id", "_problem"))
        .containsExactly("Peñón|null", "Ürün|null", "null|unreadable_record");
    assertThat(tables.found())
        .containsExactly(
            new Found("other_encoding", null, null, "invoices/invoices.csv", 2, "windows-1252"));
    assertThat(tables.warnings())
        .singleElement()
        .asString()
        .startsWith("invoices/invoices.csv:3: this line and 1 more are not UTF-8")
        .contains("Ürün");
  }

  @Test
  void bytesThatAreNotTheDeclaredEncodingAreRefusedWithTheLine() {
    var inbox =
        new Inbox(folder)
            .with("s.csv", bytes("", "id;kind;since\n1;a;x\n2;Peña;x\n", "ISO-8859-1"));
    assertThatThrownBy(() -> mapped(inbox, "encoding: UTF-8"))
        .hasMessageStartingWith("s/s.csv:3: Invalid UTF-8")
        .hasMessageContaining("encoding: ISO-8859-1");
    assertThatThrownBy(() -> mapped(inbox, "encoding: UTF-16"))
        .hasMessageStartingWith("s/s.csv:1: Invalid UTF-16: the file is not written in it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sep=;\r\n", "SEP=;\n", "\"sep=;\"\r\n", "sep=;;;;;;\r", "\uFEFFsep=;\r\n"})
  void excelsFirstLineNamesTheSeparator(String first) {
    assertThat(read(first + TABLE + ONE + TWO)).isEqualTo(BOTH);
  }

  @Test
  void theSeparatorMayBeATabOrAColonAndTheFileUtf16() {
    String tabs = "sep=\t\r\n" + (TABLE + ONE + TWO).replace(';', '\t');
    assertThat(read(bytes("\u00ff\u00fe", tabs, "UTF-16LE"))).isEqualTo(BOTH);
    assertThat(read("sep=\\t\r\n" + (TABLE + ONE + TWO).replace(';', '\t'))).isEqualTo(BOTH);
    assertThat(read("sep=:\n" + (TABLE + ONE + TWO).replace(';', ':'))).isEqualTo(BOTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theDelimiterIsSeenInTheHeaderWhereverItIs(String delimiter) {
    String text = (TABLE + ONE + TWO).replace(";", delimiter);
    assertThat(read(text)).isEqualTo(BOTH);
    assertThat(read("Los Robles SpA, Santiago; Chile | 2026\n\nCartera\tal 31\n,,,\n" + text))
        .isEqualTo(BOTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void anyLineEndWillDoAndWhatIsBehindTheEnd(String end) {
    String text = (TABLE + ONE + TWO).replace("\r\n", end);
    assertThat(read(text)).isEqualTo(BOTH);
    assertThat(read(text + "\u001A")).isEqualTo(BOTH);
    assertThat(read(text + end + " \0\0\0\0")).isEqualTo(BOTH);
    assertThat(read(TABLE + ONE.replace("\r\n", end) + TWO)).isEqualTo(BOTH);
  }

  @Test
  void titlesAboveTheHeaderAreToldAndNoRecords() {
    var inbox =
        new Inbox(folder).with("invoices.csv", "Robles \"SpA\"\n\nal 31/03\n" + TABLE + ONE);
    assertThat(inbox.read().warnings())
        .containsExactly(
            "invoices/invoices.csv:4: the header was found here; the lines above it were not read as records.");
  }

  @Test
  void rowsOfSeparatorsAloneAreNothingAndATotalIsRefused() {
    assertThat(
            read(
                ";;;;;;\r\n"
                    + TABLE
                    + ONE
                    + ";;;;;;\r\n; ;\u00a0;;\"\";;\r\n;;\r\n"
                    + TWO
                    + "Total;;;;400;;\r\n;;;;;;\r\n"))
        .containsExactly(
            "F1|Peñón|100|USD|1|null", "F2|Ürün|300|USD|2|null", "Total|null|400|null|3|null");
  }

  @Test
  void rowsMayBeShortOrLongByEmptyFieldsOnly() {
    assertThat(
            read(
                TABLE
                    + ONE.replace("P1", "P1;;\" \"")
                    + TWO.replace(";P1", "")
                    + "F3;C3;2026-03-01;2026-04-20;1;USD;P1;x\r\n"
                    + "F4;C4;2026-03-01;2026-04-20\r\n"
                    + "F5;C5;2026-03-01;2026-04-20;1;US"))
        .containsExactly(
            "F1|Peñón|100|USD|1|null",
            "F2|Ürün|300|USD|2|null",
            "null|null|null|null|3|unreadable_record",
            "null|null|null|null|4|unreadable_record",
            "null|null|null|null|5|unreadable_record");
    String behind = TABLE.replace("\r\n", ";\r\n");
    assertThat(read(behind + ONE + TWO.strip())).isEqualTo(BOTH);
  }

  @Test
  void headersAreComparedByWhatOneSees() {
    String decomposed =
        "Inv\u200Boice\u00A0ID;CUSTOMER_ID;issue date;Due-Date;\uFEFF amount\u2009;currency;x;x;;\n";
    assertThat(read(decomposed + "F1;Peñón;2026-03-01;2026-03-20;100;USD;1;2;;\n"))
        .containsExactly("F1|Peñón|100|USD|1|null");
  }

  @Test
  void valuesLoseWhatNobodySeesAroundThem() {
    assertThat(read(TABLE + ONE.replace("100", "\u200E\u202F100\u00A0\u200B\uFEFF") + TWO))
        .isEqualTo(BOTH);
  }

  @Test
  void aQuoteThatIsNeverClosedDoesNotSwallowRecordsThatWouldFit() {
    String rows =
        "F1;\"Peñón;2026-03-01;2026-03-20;100;USD;P1\r\nF0;Ana\";2026-03-01;2026-03-20;100;USD;P1\r\n"
            + TWO
            + "F3;\"dos\nlíneas\";2026-03-01;2026-03-20;1;USD;P1\n";
    assertThat(read(TABLE + rows))
        .containsExactly(
            "null|null|null|null|1|unreadable_record",
            "F0|Ana\"|100|USD|2|null",
            "F2|Ürün|300|USD|3|null",
            "F3|dos\nlíneas|1|USD|4|null");
  }

  @Test
  void aHeaderAloneIsAnEmptyTableWhateverIsAroundIt() {
    assertThat(read(bytes("\u00ff\u00fe", "sep=;\r\n" + TABLE, "UTF-16LE"))).isEmpty();
    assertThat(read("Cartera\r\n\r\n" + TABLE + ";;;;;;\r\n")).isEmpty();
    for (String empty : List.of("", " \r\n\r\n", "\uFEFF", "\uFEFF\r\n", "\0\0\0", "\u001A")) {
      assertThatThrownBy(() -> read(empty)).hasMessageContaining("it is empty");
    }
  }

  @Test
  void aFolderMayHoldFilesOfEveryKind() {
    var inbox =
        new Inbox(folder)
            .with("invoices/a.csv", bytes("\u00ff\u00fe", TABLE + ONE, "UTF-16LE"))
            .with("invoices/b.csv", ("Cartera\n" + TABLE + TWO).replace(';', '|'))
            .with("invoices/c.csv", bytes("", TABLE + ONE.replace("F1", "F9"), "windows-1252"));
    assertThat(rows(inbox))
        .containsExactly(
            "F1|Peñón|100|USD|1|null", "F2|Ürün|300|USD|1|null", "F9|Peñón|100|USD|1|null");
  }

  private List<String> mapped(Inbox inbox, String written) {
    try {
      Path yaml =
          Files.writeString(
              folder.resolve("m.yaml"),
              """
              sources: {s: {files: s.csv, %s}}
              tables:
                stages:
                  from: s
                  columns: {customer_id: id, stage: kind, entered_on: since}
              """
                  .formatted(written));
      Mapping mapping = Mappings.load(yaml);
      Batch batch =
          new Intake(inbox.lake)
              .take(
                  "m" + written.hashCode(),
                  Inbox.ARRIVED,
                  written,
                  MappedFiles.find(mapping, inbox.input));
      return Inbox.rows(
          new SourceReader(TestSpark.session(), inbox.lake)
              .read(batch, mapping)
              .frames()
              .get("stages"),
          "customer_id",
          "stage",
          "entered_on",
          "_problem");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aMappingSaysWhereTheHeaderIsAndWhatEscapes() {
    var inbox =
        new Inbox(folder)
            .with(
                "s.csv",
                "Informe\nid;kind;since\nID;kind;since\n1;\"El \\\"Clavo\\\"; C:\\\\x\\y\";2026-01-01\n2;a\\;b;\\N\n\n");
    String clavo = "1|El \"Clavo\"; C:\\x\\y|2026-01-01|null";
    assertThat(mapped(inbox, "header_row: 3, delimiter: ';', escape: '\\'"))
        .containsExactly(clavo, "2|a;b|null|null");
    assertThat(mapped(inbox, "skip_rows: 2, escape: '\\'"))
        .containsExactly(clavo, "2|a;b|null|null");
    assertThat(mapped(inbox, "escape: '\\'"))
        .containsExactly("ID|kind|since|null", clavo, "2|a;b|null|null");
    assertThat(mapped(inbox, "delimiter: ';'")).contains("null|null|null|unreadable_record");
    assertThatThrownBy(() -> mapped(inbox, "header_row: 1, skip_rows: 1"))
        .hasMessageContaining("m.yaml:1: Invalid source s: say header_row or skip_rows, not both.");
  }

  @Test
  void aMappingsNamesAreComparedByWhatOneSeesAndUnusedOnesMayRepeat() {
    var inbox =
        new Inbox(folder)
            .with(
                "s.csv", "Cartera;al;31\nID;Nota;Nota;\u00a0kind ;since\n1;x;y;legal;2026-01-01\n");
    assertThat(mapped(inbox, "optional: false")).containsExactly("1|legal|2026-01-01|null");
    inbox.with("s.csv", "id;kind;Kind;since\n");
    assertThatThrownBy(() -> mapped(inbox, "nulls: ['-']"))
        .hasMessageContaining("s/s.csv:1: Invalid header: the column Kind stands there twice");
  }
}
