package io.recupero.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Every figure of the worked scenarios that a card declares, by every cut that they give. */
class KpisGoldenTest {

  private static final List<String> IDS = Cards.load().ids();

  @Test
  void theWorkedExample() throws IOException {
    GoldenMarts marts = new GoldenMarts("golden", LocalDate.parse("2024-03-31"));
    List<Map<String, String>> rows = marts.csv("expected.csv");
    List<String> wrong = new ArrayList<>();
    wrong.addAll(compare(marts, cut(rows, "total"), "", "CLP"));
    wrong.addAll(compare(marts, cut(rows, "currency"), "currency", null));
    wrong.addAll(compare(marts, cut(rows, "segment"), "segment", "CLP"));
    assertThat(wrong).isEmpty();
  }

  @Test
  void theLargerScenario() throws IOException {
    GoldenMarts marts = new GoldenMarts("golden/larger", LocalDate.parse("2025-02-28"));
    List<String> wrong = new ArrayList<>();
    wrong.addAll(compare(marts, marts.csv("expected_total.csv"), "", "USD"));
    wrong.addAll(compare(marts, marts.csv("expected_currency.csv"), "currency", null));
    wrong.addAll(compare(marts, marts.csv("expected_segment.csv"), "segment,currency", null));
    wrong.addAll(
        compare(marts, marts.csv("expected_portfolio.csv"), "portfolio_id,country,currency", null));
    wrong.addAll(compare(marts, marts.csv("expected_cohort.csv"), "cohort,currency", null));
    assertThat(wrong).isEmpty();
  }

  private static List<Map<String, String>> cut(List<Map<String, String>> rows, String cut) {
    return rows.stream().filter(row -> row.get("cut").equals(cut)).toList();
  }

  /** Says what differs: all rows that hold anything are to be there, on both sides. */
  private static List<String> compare(
      GoldenMarts marts, List<Map<String, String>> expected, String dimensions, String to) {
    List<String> by = dimensions.isEmpty() ? List.of() : List.of(dimensions.split(","));
    Predicate<Map<String, String>> declared = row -> IDS.contains(row.get("kpi"));
    Map<String, Map<String, String>> wanted = new HashMap<>();
    expected.stream()
        .filter(declared)
        .forEach(
            row -> {
              List<String> key = new ArrayList<>(List.of(row.get("kpi"), row.get("as_of")));
              by.forEach(dimension -> key.add(row.get(dimension)));
              wanted.put(key.toString(), row);
            });
    KpiQuery query =
        new KpiQuery(
            wanted.values().stream().map(row -> row.get("kpi")).distinct().toList(),
            wanted.values().stream().map(row -> LocalDate.parse(row.get("as_of"))).toList(),
            by,
            to,
            null);
    List<String> wrong = new ArrayList<>();
    KpiResult result = marts.answer(query);
    for (KpiRow row : result.rows()) {
      List<String> key = new ArrayList<>(List.of(row.kpi(), row.asOf().toString()));
      key.addAll(row.dimensions());
      Map<String, String> want = wanted.remove(key.toString());
      if (want == null) {
        if (!row.empty()) {
          wrong.add("not expected: " + row);
        }
      } else if (!same(want, row)) {
        wrong.add("expected " + want + ", got " + row);
      }
    }
    wanted.values().stream()
        .filter(row -> row.get("value") != null || row.get("items") != null)
        .forEach(row -> wrong.add("missing: " + row));
    return wrong;
  }

  private static boolean same(Map<String, String> want, KpiRow row) {
    BigDecimal items = row.items() == null ? null : BigDecimal.valueOf(row.items());
    return near(want.get("value"), row.exactValue())
        && (want.get("numerator") == null || near(want.get("numerator"), row.numerator()))
        && (want.get("denominator") == null || near(want.get("denominator"), row.denominator()))
        && (want.get("items") == null || near(want.get("items"), items));
  }

  private static boolean near(String want, BigDecimal got) {
    if (want == null || got == null) {
      return Objects.equals(want, got == null ? null : got.toString());
    }
    return new BigDecimal(want).subtract(got).abs().compareTo(new BigDecimal("1e-9")) <= 0;
  }
}
