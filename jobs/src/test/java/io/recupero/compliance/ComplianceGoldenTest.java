package io.recupero.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.recupero.Golden;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** compliance_rate in every cut of the worked examples, from their files and the judge alone. */
class ComplianceGoldenTest {

  private static final ZoneId CREDITOR = ZoneId.of("America/Santiago");

  @DisplayName("the worked examples")
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "expected.csv, total, ''",
    "expected.csv, currency, currency",
    "expected.csv, segment, segment",
    "larger/expected_total.csv, , ''",
    "larger/expected_known_2024-06-30.csv, , ''",
    "larger/expected_currency.csv, , currency",
    "larger/expected_segment.csv, , 'segment,currency'",
    "larger/expected_portfolio.csv, , 'portfolio_id,country,currency'"
  })
  void publishedAnswers(String file, String cut, String by) {
    Path expected = Golden.folder().resolve(file);
    List<String> dimensions = by.isEmpty() ? List.of() : List.of(by.split(","));
    Map<String, String> wanted = new TreeMap<>();
    Map<LocalDate, Boolean> dates = new LinkedHashMap<>();
    for (Record row : rows(expected)) {
      LocalDate asOf = LocalDate.parse(row.getString("as_of"));
      dates.put(asOf, true);
      if (row.getString("kpi").equals("compliance_rate")
          && (cut == null || cut.equals(row.getString("cut")))) {
        List<String> cell = dimensions.stream().map(row::getString).toList();
        wanted.put(
            asOf + " " + cell,
            parts(
                row.getString("value"),
                row.getString("numerator"),
                row.getString("denominator"),
                row.getString("items")));
      }
    }
    assertThat(wanted).isNotEmpty();
    Map<String, String> actual = new TreeMap<>();
    Path input = expected.resolveSibling("input");
    List<Judgement> judgements = judgements(input);
    for (LocalDate asOf : dates.keySet()) {
      actual.putAll(rates(judgements, asOf, dimensions));
    }
    assertThat(actual).isEqualTo(wanted);
  }

  /** A contact's judgement, and what it is grouped by. */
  private record Judgement(
      LocalDate day, Finding.Verdict verdict, List<Record> customer, Record invoice) {

    String dimension(String name, LocalDate asOf) {
      return switch (name) {
        case "currency", "portfolio_id" -> invoice == null ? null : invoice.getString(name);
        default -> inForce(customer, asOf).getString(name);
      };
    }
  }

  private static Map<String, String> rates(
      List<Judgement> judgements, LocalDate asOf, List<String> dimensions) {
    Map<String, int[]> cells = new TreeMap<>();
    if (dimensions.isEmpty()) {
      cells.put(asOf + " []", new int[2]);
    }
    for (Judgement judgement : judgements) {
      boolean inMonth =
          !judgement.day().isBefore(asOf.withDayOfMonth(1)) && !judgement.day().isAfter(asOf);
      if (inMonth && judgement.verdict() != Finding.Verdict.UNDETERMINABLE) {
        List<String> cell = new ArrayList<>();
        dimensions.forEach(name -> cell.add(judgement.dimension(name, asOf)));
        int[] parts = cells.computeIfAbsent(asOf + " " + cell, any -> new int[2]);
        parts[0] += judgement.verdict() == Finding.Verdict.OK ? 1 : 0;
        parts[1]++;
      }
    }
    Map<String, String> rates = new TreeMap<>();
    cells.forEach((cell, parts) -> rates.put(cell, rate(parts[0], parts[1])));
    return rates;
  }

  private static String rate(int ok, int judged) {
    String value =
        judged == 0
            ? null
            : BigDecimal.valueOf(100L * ok)
                .divide(BigDecimal.valueOf(judged), MathContext.DECIMAL128)
                .toPlainString();
    String denominator = Integer.toString(judged);
    return parts(value, Integer.toString(ok), denominator, denominator);
  }

  private static String parts(String value, String numerator, String denominator, String items) {
    String nine =
        value == null
            ? "null"
            : new BigDecimal(value).setScale(9, java.math.RoundingMode.HALF_UP).toPlainString();
    return nine + " = " + numerator + " / " + denominator + ", " + items;
  }

  private static List<Judgement> judgements(Path input) {
    Map<String, List<LocalDate>> holidays =
        rows(input.resolve("holidays.csv")).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getString("country"),
                    Collectors.mapping(
                        row -> LocalDate.parse(row.getString("date")), Collectors.toList())));
    ContactJudge judge = new ContactJudge(ContactRules.load(), Holidays.of(holidays), CREDITOR);
    Map<String, List<Record>> customers = by("customer_id", input.resolve("customers.csv"));
    Map<String, Record> invoices =
        rows(input.resolve("invoices.csv")).stream()
            .collect(Collectors.toMap(row -> row.getString("invoice_id"), Function.identity()));
    List<Judgement> judgements = new ArrayList<>();
    by("customer_id", input.resolve("contacts.csv"))
        .forEach(
            (customer, rows) -> {
              List<Record> attributes = customers.get(customer);
              Map<String, Contact> contacts = new HashMap<>();
              rows.forEach(row -> contacts.put(row.getString("contact_id"), contact(row)));
              for (Finding finding :
                  judge.judge(
                      List.copyOf(contacts.values()),
                      attributes.stream().map(ComplianceGoldenTest::debtor).toList())) {
                Contact contact = contacts.get(finding.contactId());
                LocalDate day =
                    Instant.EPOCH
                        .plus(contact.startedMicros(), ChronoUnit.MICROS)
                        .atZone(CREDITOR)
                        .toLocalDate();
                judgements.add(
                    new Judgement(
                        day, finding.verdict(), attributes, invoices.get(contact.invoiceId())));
              }
            });
    return judgements;
  }

  private static Contact contact(Record row) {
    String consent = row.getString("consent");
    return new Contact(
        row.getString("contact_id"),
        Judged.micros(row.getString("started_at")),
        row.getString("channel"),
        !"inbound".equals(row.getString("direction")),
        row.getString("outcome"),
        row.getString("invoice_id"),
        consent == null ? null : Boolean.valueOf(consent));
  }

  private static Debtor debtor(Record row) {
    return new Debtor(
        from(row),
        row.getString("country"),
        row.getString("region"),
        row.getString("person_type"),
        row.getString("timezone"));
  }

  private static LocalDate from(Record row) {
    String from = row.getString("valid_from");
    return from == null ? null : LocalDate.parse(from);
  }

  /** The row of the greatest valid_from that has begun; one without began before all others. */
  private static Record inForce(List<Record> rows, LocalDate day) {
    Record found = null;
    for (Record row : rows) {
      boolean begun = from(row) == null || !from(row).isAfter(day);
      boolean later =
          found == null
              || from(found) == null
              || from(row) != null && from(row).isAfter(from(found));
      found = begun && later ? row : found;
    }
    return found;
  }

  private static Map<String, List<Record>> by(String column, Path file) {
    return rows(file).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(column), LinkedHashMap::new, Collectors.toList()));
  }

  private static List<Record> rows(Path file) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.getFormat().setLineSeparator("\n");
    return new CsvParser(settings).parseAllRecords(file.toFile());
  }
}
