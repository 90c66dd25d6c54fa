package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingsTest {

  private static final String STAGES =
      """
      sources:
        s: {files: 's*.csv', delimiter: '|', nulls: ['n/a'], dates: [dd.MM.yyyy], decimal: ','}
      tables:
        stages:
          from: s
          where: kind <> 'skip'
          columns: {customer_id: id, stage: lower(kind), entered_on: parse_date(since)}
      """;

  @TempDir Path folder;
  private int batches;

  private Path mapping(String yaml) {
    try {
      return Files.writeString(folder.resolve("m.yaml"), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private SourceTables read(Inbox inbox, String yaml) {
    var loaded = Mappings.load(mapping(yaml));
    var batch =
        new Intake(inbox.lake)
            .take(
                "m" + ++batches,
                Inbox.ARRIVED,
                loaded.name(),
                MappedFiles.find(loaded, inbox.input));
    return new SourceReader(TestSpark.session(), inbox.lake).read(batch, loaded);
  }

  @Test
  void everyMappingOfTheRepositoryIsSound() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("schemas/mappings"))) {
      assertThat(
              files
                  .filter(f -> f.toString().endsWith(".yaml"))
                  .flatMap(f -> Mappings.check(f).stream()))
          .isEmpty();
    }
  }

  @Test
  void everythingWrongIsSaidAtOnceWithItsLine() {
    var problems =
        Mappings.check(
            mapping(
                """
                sourcez: {}
                sources:
                  s: {files: s.csv, encoding: latin-77, delimiter: '||', columns: [id, kind]}
                views:
                  v: |
                    SELECT *
                    FROM s GROUP GROUP
                tables:
                  stagez: {from: s}
                  stages:
                    from: t
                    columns:
                      custmer_id: id
                  promises:
                    from: s
                    columns:
                      promise_id: idd
                      customer_id: concat(id
                      made_on: parse_dat(id)
                      due_on: parse_time(id)
                      amount: "1"
                      currency: "'USD'"
                """));
    assertThat(problems.stream().map(p -> p.line() + ": " + p.what()))
        .anyMatch(
            p -> p.startsWith("1: Invalid key sourcez") && p.contains("Did you mean sources?"))
        .anyMatch(p -> p.startsWith("3: Invalid encoding latin-77"))
        .anyMatch(p -> p.startsWith("3: Invalid delimiter ||"))
        .anyMatch(p -> p.startsWith("7: Invalid query of the view v"))
        .anyMatch(
            p -> p.startsWith("9: Invalid table stagez") && p.contains("Did you mean stages?"))
        .anyMatch(
            p -> p.startsWith("11: Invalid table stages: there is no source or view named 't'"))
        .anyMatch(
            p ->
                p.startsWith("13: Invalid key custmer_id")
                    && p.contains("Did you mean customer_id?"))
        .anyMatch(p -> p.contains("no expression for the required customer_id, stage, entered_on"))
        .anyMatch(
            p -> p.startsWith("17: promises.promise_id uses idd") && p.contains("Did you mean id?"))
        .anyMatch(p -> p.startsWith("18: Invalid expression for promises.customer_id"))
        .anyMatch(
            p ->
                p.startsWith(
                        "19: Invalid expression for promises.made_on: there is no function parse_dat")
                    && p.contains("parse_date"))
        .anyMatch(p -> p.startsWith("20: Invalid promises.due_on: parse_time needs times"));
  }

  @Test
  void unreadableRecordsAndUnknownConditionsAreNotFilteredAway() {
    var inbox =
        new Inbox(folder)
            .with(
                "s1.csv",
                "id|kind|since\n1|Early|05.01.2026\n2|skip|05.01.2026\n3|n/a|2026-13-01\nbroken\n");
    assertThat(
            Inbox.rows(
                read(inbox, STAGES).frames().get("stages"),
                "customer_id",
                "stage",
                "entered_on",
                "_record",
                "_problem"))
        .containsExactly(
            "1|early|2026-01-05|1|null",
            "3|null|2026-13-01|3|null",
            "null|null|null|4|unreadable_record");
  }

  @Test
  void aColumnThatTheFileLacksIsToldWithTheMappingsLineAndTheNearestName() {
    var inbox = new Inbox(folder).with("s.csv", "id|kinds|since\n");
    assertThatThrownBy(() -> read(inbox, STAGES))
        .hasMessageContaining(
            "m.yaml:7: stages.stage uses kind, which s lacks. Did you mean kinds?");
    String declared = STAGES.replace("{files", "{columns: [id, kind, since], files");
    assertThatThrownBy(() -> read(inbox.with("s.csv", "id|kinds|since|\n"), declared))
        .hasMessageContaining("the column kind is missing, which")
        .hasMessageContaining("Did you mean kinds?");
  }

  @Test
  void aMissingFileIsToldUnlessItIsOptional() {
    var inbox = new Inbox(folder).with("other.csv", "x");
    assertThatThrownBy(() -> read(inbox, STAGES))
        .hasMessageContaining("m.yaml:2: Cannot find s*.csv in");
    assertThat(
            MappedFiles.find(
                Mappings.load(mapping(STAGES.replace("{files", "{optional: true, files"))),
                inbox.input))
        .isEmpty();
  }

  @Test
  void aQueryIsReadWholeWhenOneOfItsFilesIsNew() {
    String joined =
        """
        sources: {a: {files: a.csv}, b: {files: b.csv}}
        views: {ab: 'SELECT a.*, b.stage FROM a LEFT JOIN b ON a.id = b.id'}
        tables: {stages: {from: ab, columns: {customer_id: id, stage: stage, entered_on: since}}}
        """;
    var inbox =
        new Inbox(folder)
            .with("a.csv", "id,since\n1,2026-01-01\n")
            .with("b.csv", "id,stage\n1,early\n");
    assertThat(Inbox.rows(read(inbox, joined).frames().get("stages"), "stage"))
        .containsExactly("early");
    inbox.with("b.csv", "id,stage\n1,legal\nbroken\n");
    assertThat(Inbox.rows(read(inbox, joined).frames().get("stages"), "stage", "_problem"))
        .containsExactly("legal|null", "null|unreadable_record");
  }

  @Test
  void aViewMustSayWhichRecordItsRowsComeFrom() {
    String blind =
        """
        sources: {a: {files: a.csv}}
        views: {v: 'SELECT id, max(since) AS since FROM a GROUP BY id'}
        tables: {stages: {from: v, columns: {customer_id: id, stage: "'x'", entered_on: since}}}
        """;
    assertThatThrownBy(() -> read(new Inbox(folder).with("a.csv", "id,since\n"), blind))
        .hasMessageContaining(
            "m.yaml:2: Invalid query of the view v: its rows do not say which record");
  }

  @Test
  void anExpressionThatFailsCostsItsColumnOfThatRecordOnly() {
    String failing =
        """
        sources: {s: {files: s.csv, dates: [d/M/yyyy]}}
        tables:
          invoices:
            from: s
            where: CAST(kind AS INT) > 0
            columns:
              invoice_id: id
              customer_id: element_at(split(customer, '-'), 2)
              issue_date: date_add(parse_date(since), 1)
              due_date: date_add(parse_date(since), 30)
              amount: 100 / CAST(parts AS INT)
              currency: "'USD'"
              portfolio_id: element_at(split(folder, '-'), 2)
        findings:
          odd: {from: s, when: CAST(kind AS INT) > 1, es: x, en: y}
        """;
    var inbox =
        new Inbox(folder)
            .with(
                "s.csv",
                "id,kind,customer,since,parts,folder\n"
                    + "F1,2,A-C1,1/3/2026,2,x-P1\n"
                    + "F2,1,A-C2,s/f,0,x-P1\n"
                    + "F3,1,C3,1/3/2026,2,x\n"
                    + "F4,uno,A-C4,1/3/2026,2,x-P1\n"
                    + "F5,0,A-C4,1/3/2026,2,x-P1\n");
    var tables = read(inbox, failing);
    var frame = tables.frames().get("invoices");
    assertThat(
            Inbox.rows(
                frame, "invoice_id", "customer_id", "issue_date", "due_date", "amount", "_problem"))
        .containsExactly(
            "F1|C1|2026-03-02|2026-03-31|50|null",
            "F2|C2|m.yaml:9 CAST_INVALID_INPUT|m.yaml:10 CAST_INVALID_INPUT|m.yaml:11 DIVIDE_BY_ZERO|null",
            "F3|null|2026-03-02|2026-03-31|50|failed_expression",
            "F4|C4|2026-03-02|2026-03-31|50|failed_expression");
    assertThat(Inbox.rows(frame, "portfolio_id", "_findings", "replace(_written, '\t', ' ')"))
        .containsExactly(
            "P1|null|null",
            "P1|null|invalid_issue_date m.yaml:9 CAST_INVALID_INPUT\ninvalid_due_date m.yaml:10 CAST_INVALID_INPUT\ninvalid_amount m.yaml:11 DIVIDE_BY_ZERO",
            "null|portfolio_id unreadable m.yaml:13 INVALID_ARRAY_INDEX_IN_ELEMENT_AT|failed_expression customer_id m.yaml:8 INVALID_ARRAY_INDEX_IN_ELEMENT_AT",
            "P1|null|failed_expression where m.yaml:5 CAST_INVALID_INPUT");
    assertThat(Inbox.rows(tables.findings(), "_record")).containsExactly("1");
  }

  @Test
  void yearsOfTwoDigitsEndTwentyYearsAfterTheArrival() {
    String years =
        """
        formats: {dates: [d/M/yyyy, d/M/yy], times: [d/M/yy H:mm], timezone: America/Bogota}
        sources: {s: {files: s.csv}}
        views: {v: "SELECT *, parse_date(since, 'd-M-yy') AS dashed FROM s"}
        tables:
          invoices:
            from: v
            columns:
              invoice_id: id
              customer_id: id
              issue_date: parse_date(since)
              due_date: dashed
              amount: "1"
              currency: "'USD'"
              recorded_at: parse_time(concat(since, ' 8:05'))
        """;
    var inbox =
        new Inbox(folder)
            .with(
                "s.csv",
                "id,since\n1,5/3/62\n2,5/3/30\n3,31/12/46\n4,1/1/47\n5,29/2/00\n6,5/3/2062\n7,5-3-62\n8,31/2/62\n");
    assertThat(
            Inbox.rows(
                read(inbox, years).frames().get("invoices"),
                "issue_date",
                "due_date",
                "substr(recorded_at, 1, 16)"))
        .containsExactly(
            "1962-03-05|5/3/62|1962-03-05T13:05",
            "2030-03-05|5/3/30|2030-03-05T13:05",
            "2046-12-31|31/12/46|2046-12-31T13:05",
            "1947-01-01|1/1/47|1947-01-01T13:05",
            "2000-02-29|29/2/00|2000-02-29T13:05",
            "2062-03-05|5/3/2062|5/3/2062 8:05",
            "5-3-62|1962-03-05|5-3-62 8:05",
            "31/2/62|31/2/62|31/2/62 8:05");
  }

  @Test
  void amountsAreReadInTheCurrencyThatTheTableNames() {
    String money =
        """
        formats: {dates: [d/M/yyyy], decimal: ",", thousands: "."}
        sources: {s: {files: s.csv, delimiter: ;}}
        tables:
          invoices:
            from: s
            columns:
              invoice_id: id
              customer_id: id
              issue_date: parse_date(since)
              due_date: parse_date(since)
              amount: parse_number(monto)
              discount_amount: parse_number(monto, 'EUR')
              currency: upper(moneda)
        """;
    var inbox =
        new Inbox(folder)
            .with(
                "s.csv",
                "id;since;monto;moneda\n1;1/3/2026;$ 1.234,50;usd\n2;1/3/2026;1.234,50 €;usd\n3;x;1.234,50 €;eur\n");
    assertThat(
            Inbox.rows(
                read(inbox, money).frames().get("invoices"),
                "amount",
                "discount_amount",
                "replace(_written, '\t', ' ')"))
        .containsExactly(
            "1234.50|$ 1.234,50|invalid_discount_amount m.yaml:12 1.234,56",
            "1.234,50 €|1234.50|invalid_amount m.yaml:11 1.234,56",
            "1234.50|1234.50|invalid_issue_date m.yaml:9 31/3/2026\ninvalid_due_date m.yaml:10 31/3/2026");
  }

  @Test
  void numbersThatWouldMeanSomethingElseAreMarked() {
    var commas = new Formats(List.of("d/M/yyyy"), List.of(), null, ",", ".", null, null);
    var points = new Formats(List.of("d/M/yyyy"), List.of(), null, ".", ",", null, null);
    var texts =
        List.of(
            "1.234.567,89", "1234,5", "-12", "12-", "+7", "1.23", "1,234,567.89", "12a", "1.234");
    assertThat(texts.stream().map(t -> parsed(commas, t)))
        .containsExactly(
            "1234567.89", "1234.5", "-12", "-12", "7", "«1.23»", "1,234,567.89", "12a", "1234");
    assertThat(texts.stream().map(t -> parsed(points, t)))
        .containsExactly(
            "1.234.567,89", "1234,5", "-12", "-12", "7", "1.23", "1234567.89", "12a", "1.234");
  }

  private static String parsed(Formats formats, String text) {
    NumberText.register(TestSpark.session());
    return TestSpark.session()
        .sql("SELECT " + Helpers.expand("parse_number('" + text + "')", formats))
        .head()
        .getString(0);
  }

  @Test
  void helpersAreWrittenOutWhereverTheyStandButNotInTexts() {
    assertThat(Helpers.expand("if(x = 'parse_date(', upper(Código), `Año 1`)", Formats.CANONICAL))
        .contains("upper(`Código`)")
        .contains("`Año 1`");
    assertThat(Helpers.expand("concat(parse_date(trim(a), 'dd-MM-yyyy'), ')')", Formats.CANONICAL))
        .isEqualTo(
            "concat(coalesce(cast(try_to_date((trim(a)), \"dd-MM-yyyy\") as string), (trim(a))), ')')");
  }
}
