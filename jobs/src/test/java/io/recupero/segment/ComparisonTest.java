package io.recupero.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.recupero.report.ComparisonReport;
import io.recupero.report.Report;
import io.recupero.report.ReportFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Two sets of segment rules on 31 March, worked by hand")
class ComparisonTest {

  private static final String LATE =
      """
                - id: late
                  name: {es: Tarde, en: Late}
                  when: current_dpd > 0
                  treatment: {first_contact_day: 60, channels: [call, letter]}
                - id: other
                  name: {es: Otros, en: Others}
                  else: true
                  treatment: {first_contact_day: -3, channels: [email]}
      """;
  private static final String RULES = "versions:\n- match: first\n  segments:\n";
  private static final String BIG =
      """
                - id: big
                  name: {es: Grande, en: Big}
                  when: open_amount >= 1000
      """;

  /** At the close: C1 owes 1500 and C3 300, not due; C2 200, 50 days late; C4 400, 71 days late. */
  private static final Histories STORY =
      new Histories()
          .with(
              "invoices",
              """
              invoice_id | customer_id | issue_date | due_date   | amount | currency
              F1         | C1          | 2024-01-02 | 2024-01-31 | 1000   | CLP
              F2         | C2          | 2024-01-05 | 2024-02-10 | 200    | CLP
              F3         | C3          | 2024-03-05 | 2024-04-05 | 300    | CLP
              F4         | C4          | 2024-01-10 | 2024-01-20 | 400    | CLP
              F5         | C1          | 2024-03-01 | 2024-04-10 | 1500   | CLP
              """)
          .with(
              "payments",
              """
              payment_id | customer_id | paid_on    | amount | currency
              P1         | C1          | 2024-02-15 | 600    | CLP
              P2         | C1          | 2024-03-10 | 400    | CLP
              """)
          .with(
              "payment_applications",
              """
              payment_id | invoice_id | applied_on | amount
              P1         | F1         |            | 600
              P2         | F1         |            | 400
              """)
          .with(
              "contacts",
              """
              contact_id | customer_id | started_at           | channel | direction | outcome
              K1         | C1          | 2024-02-10T15:00:00Z | call    | outbound  | promise
              K2         | C1          | 2024-02-11T15:00:00Z | call    | outbound  | no_answer
              K3         | C2          | 2024-02-12T15:00:00Z | call    |           | wrong_number
              K4         | C2          | 2024-02-13T15:00:00Z | call    | outbound  | no_answer
              K5         | C2          | 2024-02-14T15:00:00Z | call    | inbound   | right_party
              K6         | C2          | 2022-02-14T15:00:00Z | call    | outbound  | right_party
              """);

  private static Comparison comparison;

  @TempDir private Path folder;

  @BeforeAll
  static void compareOnce() {
    comparison =
        Comparison.of(
            STORY.inputs(),
            SegmentRules.parse("a", RULES + LATE),
            SegmentRules.parse("b", RULES + BIG + LATE),
            LocalDate.of(2024, 3, 31),
            Instant.parse("2024-04-01T09:00:00Z"),
            Histories.ZONE);
  }

  @DisplayName("count who is where, and who moves")
  @Test
  void sizesAndMigration() {
    assertThat(rows("sizes")).containsExactly("big 0 0 1 25", "late 2 50 2 50", "other 2 50 1 25");
    assertThat(rows("migration"))
        .containsExactly("late late 2 100", "other big 1 50", "other other 1 50");
  }

  @DisplayName("measure how stable they are, each and against the other")
  @Test
  void stability() {
    // A: January 1 late of 3; February 3 of 3; March 2 of 4. C1 and C2 move, then C1 alone.
    assertThat(rows("stability"))
        .containsExactly(
            "a 2024-02-29 6.601445 6.601445 66.666667",
            "a 2024-03-31 4.604318 0.115525 33.333333",
            "b 2024-02-29 6.138605 6.138605 66.666667",
            "b 2024-03-31 4.257032 0.115525 33.333333",
            "a_b 2024-01-31 2.934147 - -",
            "a_b 2024-02-29 0 - -",
            "a_b 2024-03-31 2.128516 - -");
  }

  @DisplayName("agree with the index's definition, in which an empty share counts as 0.01 %")
  @Test
  void index() {
    assertThat(Stability.index(Map.of("x", 50L, "y", 50L), Map.of("x", 5L, "y", 5L))).isZero();
    assertThat(Stability.index(Map.of("x", 80L, "y", 20L), Map.of("x", 60L, "y", 40L)))
        .isCloseTo(-0.2 * Math.log(0.75) + 0.2 * Math.log(2), within(1e-12));
    Map<String, Long> none = new HashMap<>();
    none.put(null, 10L);
    assertThat(Stability.index(none, Map.of("x", 10L)))
        .isCloseTo(2 * 0.9999 * Math.log(10_000), within(1e-12));
    assertThat(Stability.index(Map.of(), none)).isNaN();
  }

  @DisplayName("see where the debt is")
  @Test
  void concentration() {
    assertThat(rows("concentration"))
        .containsExactly(
            "a late CLP 2 600 25 600 100 66.666667",
            "a other CLP 2 1800 75 0 0 83.333333",
            "b big CLP 1 1500 62.5 0 0 100",
            "b late CLP 2 600 25 600 100 66.666667",
            "b other CLP 1 300 12.5 0 0 100");
  }

  @DisplayName("are judged by the months after the closes that made the segments")
  @Test
  void separation() {
    // overdue at the close of January: F4; of February: F1 (400 left), F2, F4; 400 came in March
    assertThat(rows("recovery"))
        .containsExactly(
            "a late CLP 3 1400 400 28.571429 - -", "b late CLP 3 1400 400 28.571429 - -");
    // F1 and F4 fell due in their customers' first month, in the segment of what they came with:
    // F1 paid after 39 days, F4 open for 71; F2 open for 50
    assertThat(rows("days_to_recover"))
        .containsExactly("a other 3 - 39 - 39 0 33.333333 -", "b other 3 - 39 - 39 0 33.333333 -");
    assertThat(rows("curves"))
        .contains("a other 30 0", "a other 45 33.333333", "a other 90 -")
        .noneMatch(row -> row.startsWith("a - "));
  }

  @DisplayName("ask for contacts: those whom one channel does not reach go on to the next")
  @Test
  void contacts() {
    // calls reached one of four; F2 will be 60 days late, F4 has been; F3 and F5 are due soon
    assertThat(rows("contacts"))
        .containsExactly(
            "a late 60 1 call 2 1 25 1",
            "a late 60 2 letter 2 1 0 0.75",
            "a other -3 1 email 2 2 0 2",
            "b big - - - 1 - - -",
            "b late 60 1 call 2 1 25 1",
            "b late 60 2 letter 2 1 0 0.75",
            "b other -3 1 email 1 1 0 1");
    assertThat(rows("contact_change"))
        .containsExactly("call 1 1 0", "letter 0.75 0.75 0", "email 2 1 -1");
  }

  @DisplayName("are drawn on one page, in the reader's language")
  @Test
  void page() throws IOException {
    Report report =
        ComparisonReport.of(
            comparison,
            "a.yaml",
            "b.yaml",
            Instant.parse("2024-04-01T09:00:00Z"),
            Locale.forLanguageTag("es-CL"));
    List<Path> files = ReportFiles.write(report, folder, List.of(ReportFiles.Kind.HTML));
    assertThat(Files.readString(files.get(0)))
        .contains("Comparación de segmentos", "A: a.yaml", "data-chart=\"chart_curvesB\"")
        .contains("data-chart=\"chart_migration\"", "data-chart=\"chart_recoveryCLP\"")
        .doesNotContain("segments.column");
  }

  private static List<String> rows(String table) {
    return comparison.table(table).rows().stream()
        .map(row -> row.stream().map(ComparisonTest::text).collect(Collectors.joining(" ")))
        .toList();
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal number) {
      BigDecimal plain = number.stripTrailingZeros();
      return plain.signum() == 0 ? "0" : plain.toPlainString();
    }
    return value == null ? "-" : value.toString();
  }
}
