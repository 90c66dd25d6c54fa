package io.recupero.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recupero.TestSpark;
import io.recupero.rules.InvalidRulesException;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentRulesTest {

  private static final String EXCLUSIVE =
      """
      versions:
        - match: exclusive
          segments:
            - id: late
              name: {es: Tarde, en: Late}
              when: current_dpd > %s
            - id: prompt
              name: {es: A tiempo, en: Prompt}
              when: current_dpd <= 30
      """;

  private static final String TWO_VERSIONS =
      """
      versions:
        - valid_to: %s
          match: first
          segments:
            - {id: all, name: {es: Todos, en: All}, else: true}
        - valid_from: %s
          match: first
          segments:
            - {id: late, name: {es: Tarde, en: Late}, when: current_dpd > 0}
            - {id: other, name: {es: Otros, en: Others}, else: true}
      """;

  @Test
  void theRulesTheProgramCarriesCanBeUsed() {
    SegmentRules rules = SegmentRules.load();
    SegmentVersion version = rules.on(LocalDate.of(2024, 1, 1)).orElseThrow();
    assertThat(version.rules())
        .extracting(SegmentRule::id)
        .contains("legal", "new")
        .endsWith("business");
    assertThat(version.rules().get(1).treatment().orElseThrow().channels())
        .containsExactly("letter", "call", "visit");
    assertThat(rules.assign(features("C1, 2024-01-31, 200", "C2, 2024-01-31, 0")).count())
        .isEqualTo(2);
  }

  @Test
  void theRulesTheProgramCarriesShowEveryKindOfRuleAndTreatment() {
    SegmentVersion version = SegmentRules.load().versions().get(0);
    String when =
        version.rules().stream()
            .flatMap(rule -> rule.when().stream())
            .collect(java.util.stream.Collectors.joining(" "));
    assertThat(when)
        .contains("current_dpd", "main_debt_type", "company_size", "industry", "country")
        .contains("on_time_share_12m", "broken_promise_streak");
    assertThat(version.rules()).allMatch(rule -> rule.treatment().isPresent());
    List<Treatment> treatments =
        version.rules().stream().flatMap(rule -> rule.treatment().stream()).toList();
    assertThat(treatments).allMatch(it -> it.stage().isPresent() && !it.channels().isEmpty());
    assertThat(treatments)
        .anyMatch(it -> it.discountPercent().isPresent())
        .anyMatch(it -> it.planInstalments().isPresent())
        .anyMatch(it -> it.reward().isPresent())
        .anyMatch(it -> it.consequence().isPresent())
        .anyMatch(it -> it.firstContactDay().filter(day -> day < 0).isPresent());
  }

  @Test
  void everyFeatureHasACardThatItsContractAgreesWith() {
    FeatureCards cards = FeatureCards.load();
    assertThat(cards.all()).hasSizeGreaterThan(100);
    assertThat(cards.find("days_late_trend").orElseThrow().missing().es()).contains("tres");
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirLines() {
    String bad =
        """
        versions:
          - match: first
            segments:
              - id: late
                name: {es: Tarde}
                when: curent_dpd > 0
              - id: late
                name: {es: Otros, en: Others}
                wen: current_dpd > 0
              - id: odd
                name: {es: Raro, en: Odd}
                when: SUM(current_dpd) > nosuch(1
              - id: sums
                name: {es: Suma, en: Sums}
                when: SUM(current_dpd) > nosuch(1)
                treatment: {stage: earli, channels: [cal]}
        """;
    List<String> problems = problems(bad);
    assertThat(problems)
        .anySatisfy(p -> assertThat(p).startsWith("rules.yaml:5: ").contains("es and en"))
        .anySatisfy(
            p -> assertThat(p).startsWith("rules.yaml:6: ").contains("Did you mean current_dpd?"))
        .anySatisfy(p -> assertThat(p).contains(":7: ").contains("late is there twice"))
        .anySatisfy(p -> assertThat(p).contains(":9: ").contains("Did you mean when?"))
        .anySatisfy(p -> assertThat(p).contains(":12: ").contains("is not SQL"))
        .anySatisfy(p -> assertThat(p).contains(":15: ").contains("nosuch"))
        .anySatisfy(p -> assertThat(p).contains(":15: ").contains("one customer"))
        .anySatisfy(p -> assertThat(p).contains(":16: ").contains("Did you mean early?"))
        .anySatisfy(p -> assertThat(p).contains(":16: ").contains("Did you mean call?"))
        .anySatisfy(p -> assertThat(p).contains(":2: ").contains("else: true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reflect('java.lang.System', 'nanoTime') > '1'",
        "customer_id IN (SELECT value FROM text.`/etc/passwd`)",
        "current_user() = 'root'",
        "customer_id RLIKE '(a+)+$'"
      })
  void aRuleRunsNothingAndReadsNoFile(String attack) {
    String rules = EXCLUSIVE.formatted("30");
    assertThat(SegmentRules.parse("rules.yaml", rules)).isNotNull();
    String hostile = rules.replace("current_dpd > 30", '"' + attack + '"');
    assertThat(problems(hostile))
        .anySatisfy(p -> assertThat(p).startsWith("rules.yaml:6: ").contains("may not run: "));
  }

  @Test
  void versionsFollowEachOtherDayByDay() {
    assertThat(problems(TWO_VERSIONS.formatted("2024-02-29", "2024-04-01")))
        .singleElement()
        .asString()
        .contains(":6: ")
        .contains("no rules hold between");
    assertThat(problems(TWO_VERSIONS.formatted("2024-03-31", "2024-03-01")))
        .singleElement()
        .asString()
        .contains("they overlap");
    assertThat(problems(TWO_VERSIONS.formatted("2024-03-30", "2024-03-31"))).hasSize(2);
  }

  @Test
  void theRulesInForceOnTheDayAfterDecide() {
    SegmentRules rules =
        SegmentRules.parse("r", TWO_VERSIONS.formatted("2024-02-29", "2024-03-01"));
    assertThat(
            rules
                .assign(features("C1, 2024-01-31, 5", "C1, 2024-02-29, 5", "C2, 2024-02-29, null"))
                .selectExpr("CONCAT_WS(' ', customer_id, as_of, segment)")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder(
            "C1 2024-01-31 all", "C1 2024-02-29 late", "C2 2024-02-29 other");
  }

  @Test
  void exclusiveRulesShowACustomerInAGapOrInTwo() {
    Dataset<Row> customers =
        features(
            "C1, 2024-01-31, 10",
            "C2, 2024-01-31, 35",
            "C3, 2024-01-31, 90",
            "C4, 2024-01-31, null");
    SegmentRules gap = SegmentRules.parse("r", EXCLUSIVE.formatted("60"));
    assertThat(gap.findings(customers))
        .containsExactly(new RuleFinding(List.of(), 2, "C2", LocalDate.of(2024, 1, 31)));
    assertThat(gap.assign(customers).where("segment IS NULL").count()).isEqualTo(2);
    SegmentRules overlap = SegmentRules.parse("r", EXCLUSIVE.formatted("5"));
    assertThatThrownBy(() -> overlap.requireNoFindings(customers))
        .hasMessageContaining("1 customers in late, prompt at once, such as C1 on 2024-01-31")
        .hasMessageContaining("such as C4");
    SegmentRules.parse("r", EXCLUSIVE.formatted("30"))
        .requireNoFindings(customers.where("customer_id <> 'C4'"));
  }

  private static List<String> problems(String text) {
    return catchThrowableOfType(
            InvalidRulesException.class, () -> SegmentRules.parse("rules.yaml", text))
        .problems();
  }

  /** Customers of which only the days past due are known. */
  private static Dataset<Row> features(String... rows) {
    StringBuilder values = new StringBuilder();
    for (String row : rows) {
      String[] cells = row.split(", ");
      values
          .append(values.isEmpty() ? "" : ", ")
          .append("('%s', DATE'%s', CAST(%s AS BIGINT))".formatted((Object[]) cells));
    }
    Dataset<Row> known =
        TestSpark.session()
            .sql("SELECT * FROM VALUES " + values + " AS t(customer_id, as_of, current_dpd)");
    for (var field : CustomerFeatures.schema().fields()) {
      if (!List.of(known.columns()).contains(field.name())) {
        known =
            known.withColumn(
                field.name(), org.apache.spark.sql.functions.lit(null).cast(field.dataType()));
      }
    }
    return known;
  }
}
