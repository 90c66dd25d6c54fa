package io.recupero.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The second opinion is worth something only if it gives every answer of the worked scenarios by
 * itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleGoldenTest {

  private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");

  /** Figures of the collections work, which the oracle does not recompute. */
  private static final Set<String> NOT_HERE =
      Set.of(
          "contact_rate",
          "rpc_rate",
          "ptp_rate",
          "ptp_kept_rate",
          "ptp_kept_amount",
          "plan_adherence",
          "dispute_rate",
          "dispute_days",
          "dispute_days_p75",
          "delay_reason_financial",
          "delay_reason_disorganised",
          "delay_reason_forgot",
          "delay_reason_dispute",
          "delay_reason_unhappy",
          "delay_reason_other",
          "receptivity",
          "csat",
          "nps",
          "call_quality",
          "compliance_rate");

  @Test
  void theSmallScenarioIsReproducedInEveryCut() throws Exception {
    Path golden = Golden.folder();
    List<Map<String, String>> answers = GoldenAnswers.read(golden.resolve("expected.csv"));
    try (Oracle oracle = Oracle.open(golden.resolve("input"), SANTIAGO)) {
      for (String cut : List.of("total", "currency", "segment")) {
        List<String> by = cut.equals("total") ? List.of() : List.of(cut);
        String to = cut.equals("currency") ? null : "CLP";
        check(
            oracle,
            answers.stream().filter(row -> cut.equals(row.get("cut"))).toList(),
            by,
            to,
            false);
      }
    }
  }

  @Test
  void theSmallScenarioEndsEveryInvoiceWithItsBalance() throws Exception {
    Path golden = Golden.folder();
    try (Oracle oracle = Oracle.open(golden.resolve("input"), SANTIAGO)) {
      for (Map<String, String> row : GoldenAnswers.read(golden.resolve("expected_open.csv"))) {
        for (String day : List.of("2024-01-31", "2024-02-29", "2024-03-31")) {
          String expected = row.get("open_" + day);
          BigDecimal open = oracle.openBalances(LocalDate.parse(day)).get(row.get("invoice_id"));
          if (expected == null) {
            assertThat(open).as(row + " at " + day).isNull();
          } else {
            assertThat(open).as(row + " at " + day).isEqualByComparingTo(expected);
          }
        }
      }
    }
  }

  @Test
  void theLargerScenarioIsReproducedByEveryListOfDimensions() throws Exception {
    Path golden = Golden.folder().resolve("larger");
    try (Oracle oracle = Oracle.open(golden.resolve("input"), SANTIAGO)) {
      check(
          oracle,
          GoldenAnswers.read(golden.resolve("expected_total.csv")),
          List.of(),
          "USD",
          false);
      Map<String, List<String>> cuts =
          Map.of(
              "expected_currency.csv", List.of("currency"),
              "expected_segment.csv", List.of("segment", "currency"),
              "expected_portfolio.csv", List.of("portfolio_id", "country", "currency"),
              "expected_cohort.csv", List.of("cohort", "currency"));
      for (Map.Entry<String, List<String>> cut : cuts.entrySet()) {
        check(
            oracle, GoldenAnswers.read(golden.resolve(cut.getKey())), cut.getValue(), null, false);
      }
      checkRoll(
          oracle,
          GoldenAnswers.read(golden.resolve("expected_roll.csv")),
          List.of("currency"),
          null);
    }
  }

  @Test
  void theSmallScenarioRollsTheSameInEveryCut() throws Exception {
    Path golden = Golden.folder();
    List<Map<String, String>> answers = GoldenAnswers.read(golden.resolve("expected_roll.csv"));
    try (Oracle oracle = Oracle.open(golden.resolve("input"), SANTIAGO)) {
      for (String cut : List.of("total", "currency", "segment")) {
        List<String> by = cut.equals("total") ? List.of() : List.of(cut);
        String to = cut.equals("currency") ? null : "CLP";
        checkRoll(
            oracle, answers.stream().filter(row -> cut.equals(row.get("cut"))).toList(), by, to);
      }
    }
  }

  @Test
  void theLargerScenarioIsReproducedAsItWasKnownInJune() throws Exception {
    Path golden = Golden.folder().resolve("larger");
    try (Oracle oracle = Oracle.open(golden.resolve("input"), SANTIAGO)) {
      check(
          oracle,
          GoldenAnswers.read(golden.resolve("expected_known_2024-06-30.csv")),
          List.of(),
          "USD",
          true);
    }
  }

  /** Both ways: every answer is given, and nothing is given that has no answer. */
  private static void check(
      Oracle oracle,
      List<Map<String, String>> answers,
      List<String> by,
      String to,
      boolean asKnownThen)
      throws Exception {
    Map<LocalDate, List<Map<String, String>>> byDay = new LinkedHashMap<>();
    answers.forEach(
        row -> byDay.computeIfAbsent(GoldenAnswers.day(row), d -> new ArrayList<>()).add(row));
    List<String> differences = new ArrayList<>();
    for (Map.Entry<LocalDate, List<Map<String, String>>> day : byDay.entrySet()) {
      Set<String> ids = new HashSet<>();
      day.getValue().forEach(row -> ids.add(row.get("kpi")));
      ids.removeAll(NOT_HERE);
      var close = day.getKey().atTime(LocalTime.MAX).atZone(SANTIAGO).toInstant();
      Map<List<String>, OracleRow> figures = new HashMap<>();
      for (OracleRow row :
          oracle.kpi(ids, List.of(day.getKey()), by, to, asKnownThen ? close : null)) {
        figures.put(key(row.kpi(), row.dimensions()), row);
      }
      for (Map<String, String> answer : day.getValue()) {
        if (ids.contains(answer.get("kpi"))) {
          OracleRow figure =
              figures.remove(key(answer.get("kpi"), by.stream().map(answer::get).toList()));
          if (!agrees(answer, figure)) {
            differences.add("expected " + answer + " but was " + figure);
          }
        }
      }
      figures.values().stream()
          .filter(row -> !row.blank())
          .forEach(row -> differences.add("unexpected " + row));
    }
    assertThat(differences).as("%d answers by %s", answers.size(), by).isEmpty();
  }

  private static void checkRoll(
      Oracle oracle, List<Map<String, String>> answers, List<String> by, String to)
      throws Exception {
    List<LocalDate> days = answers.stream().map(GoldenAnswers::day).distinct().toList();
    Map<List<Object>, OracleRoll> cells = new HashMap<>();
    for (OracleRoll cell : oracle.roll(days, by, to, null)) {
      cells.put(List.of(cell.asOf(), cell.dimensions(), cell.from(), cell.to()), cell);
    }
    List<String> differences = new ArrayList<>();
    for (Map<String, String> answer : answers) {
      List<String> dimensions = by.stream().map(answer::get).toList();
      OracleRoll cell =
          cells.remove(
              List.of(
                  GoldenAnswers.day(answer),
                  dimensions,
                  answer.get("from_state"),
                  answer.get("to_state")));
      if (cell == null
          || cell.count() != Long.parseLong(answer.get("count"))
          || !close(answer.get("amount"), cell.amount())
          || (answer.get("share") != null && !close(answer.get("share"), cell.share()))) {
        differences.add("expected " + answer + " but was " + cell);
      }
    }
    cells.values().forEach(cell -> differences.add("unexpected " + cell));
    assertThat(differences).as("%d roll cells by %s", answers.size(), by).isEmpty();
  }

  private static List<String> key(String kpi, List<String> cell) {
    List<String> key = new ArrayList<>(List.of(kpi));
    key.addAll(cell);
    return key;
  }

  /** An empty field beside a value is not compared; an empty value has to be empty. */
  private static boolean agrees(Map<String, String> answer, OracleRow figure) {
    List<String> names = List.of("value", "numerator", "denominator", "items");
    if (figure == null) {
      return names.stream().map(answer::get).allMatch(x -> x == null || Double.parseDouble(x) == 0);
    }
    List<Double> figures =
        Arrays.asList(
            figure.value(),
            figure.numerator(),
            figure.denominator(),
            figure.items() == null ? null : figure.items().doubleValue());
    for (int i = 0; i < names.size(); i++) {
      String expected = answer.get(names.get(i));
      Double was = figures.get(i);
      boolean same = expected == null ? i > 0 || was == null : close(expected, was);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean close(String expected, Double was) {
    double number = Double.parseDouble(expected);
    return was != null && Math.abs(was - number) <= 1e-9 * Math.max(1, Math.abs(number));
  }
}
