package io.recupero.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import io.recupero.plan.Inputs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The history of segments")
class SegmentHistoryTest {

  private static final String RULES =
      """
      versions:
        - valid_to: 2024-02-29
          match: first
          segments:
            - {id: all, name: {es: Todos, en: All}, else: true, treatment: {channels: [letter]}}
        - valid_from: 2024-03-01
          match: first
          segments:
            - id: late
              name: {es: Tarde, en: Late}
              when: current_dpd > %s
              treatment: {stage: early, channels: [call, sms], first_contact_day: %s}
            - {id: all, name: {es: Todos, en: All}, else: true}
      """;
  private static final SegmentRules FIRST = SegmentRules.parse("r", RULES.formatted(5, 1));
  private static final Instant APRIL = Instant.parse("2024-04-02T01:00:00Z");
  private static final Instant MAY = Instant.parse("2024-05-02T01:00:00Z");
  private static final List<LocalDate> MARCH_TOLD = List.of(LocalDate.of(2024, 3, 31));

  private static final String[] IN_MARCH = {
    "'C1', NULL, NULL", "'C1', DATE'2024-02-01', 'all'", "'C2', DATE'2024-03-01', 'late'"
  };

  @DisplayName("splits spans where the rules change, and gives the treatment of each")
  @Test
  void spans() {
    assertThat(lines(first()))
        .containsExactly(
            "C1 2024-02-01 2024-02-29 all rules - - letter - April -",
            "C1 2024-03-01 - all rules 2024-03-01 - - - April -",
            "C2 2024-03-01 - late rules 2024-03-01 early call,sms 1 April -");
    assertThat(first().columns())
        .containsExactly(
            Contracts.load().contract(SegmentHistory.TABLE).names().toArray(String[]::new));
    assertThat(first().select("rules_file_hash").distinct().as(Encoders.STRING()).first())
        .isEqualTo(FIRST.fingerprint());
  }

  @DisplayName("goes on: a segment that ends after the last day told is no other history")
  @Test
  void goesOn() {
    Dataset<Row> later =
        history(
            FIRST,
            MAY,
            first(),
            "'C1', DATE'2024-02-01', 'all'",
            "'C1', DATE'2024-04-01', 'late'",
            "'C2', DATE'2024-03-01', 'late'");
    assertThat(lines(later))
        .containsExactly(
            "C1 2024-02-01 2024-02-29 all rules - - letter - April -",
            "C1 2024-03-01 2024-03-31 all rules 2024-03-01 - - - April -",
            "C1 2024-04-01 - late rules 2024-03-01 early call,sms 1 May -",
            "C2 2024-03-01 - late rules 2024-03-01 early call,sms 1 April -");
  }

  @DisplayName("keeps what was said where rules in force were changed in their place")
  @Test
  void rewritten() {
    SegmentRules other = SegmentRules.parse("r", RULES.formatted(5, 3));
    Dataset<Row> later = history(other, MAY, first(), IN_MARCH);
    assertThat(lines(later))
        .containsExactly(
            "C1 2024-02-01 2024-02-29 all rules - - letter - April -",
            "C1 2024-03-01 - all rules 2024-03-01 - - - April May",
            "C1 2024-03-01 - all rules 2024-03-01 - - - May -",
            "C2 2024-03-01 - late rules 2024-03-01 early call,sms 1 April May",
            "C2 2024-03-01 - late rules 2024-03-01 early call,sms 3 May -");
    // and once more: nothing that was kept is said twice, nothing that stands is said again
    assertThat(lines(history(other, Instant.parse("2024-05-09T01:00:00Z"), later, IN_MARCH)))
        .isEqualTo(lines(later));
  }

  @DisplayName("keeps what was said of days that were told already, where a span is cut")
  @Test
  void cut() {
    Dataset<Row> later =
        history(
            FIRST,
            MAY,
            first(),
            "'C1', DATE'2024-02-01', 'all'",
            "'C2', DATE'2024-03-01', 'late'",
            "'C2', DATE'2024-03-15', 'all'");
    assertThat(lines(later))
        .contains(
            "C2 2024-03-01 - late rules 2024-03-01 early call,sms 1 April May",
            "C2 2024-03-01 2024-03-14 late rules 2024-03-01 early call,sms 1 May -",
            "C2 2024-03-15 - all rules 2024-03-01 - - - May -");
  }

  @DisplayName(
      "tells segments of the customers file as given, without rules; none any more is null")
  @Test
  void given() {
    Dataset<Row> told =
        build(
            Optional.empty(),
            List.of(),
            APRIL,
            nothing(),
            "'C1', NULL, 'vip'",
            "'C1', DATE'2024-02-01', NULL",
            "'C2', NULL, NULL");
    assertThat(lines(told))
        .containsExactly(
            "C1 - 2024-01-31 vip given - - - - April -", "C1 2024-02-01 - - given - - - - April -");
  }

  @DisplayName("knows a version by what it says: not by its end, nor by other versions")
  @Test
  void fingerprints() {
    SegmentRules open =
        SegmentRules.parse(
            "r",
            "versions:\n- match: first\n  segments:\n"
                + "  - {id: all, name: {es: Todos, en: All}, else: true, treatment: {channels: [letter]}}\n");
    assertThat(open.versions().get(0).fingerprint())
        .isEqualTo(FIRST.versions().get(0).fingerprint())
        .isNotEqualTo(FIRST.versions().get(1).fingerprint());
  }

  @DisplayName("writes rules that read as those they were written of")
  @Test
  void writer() {
    List<SegmentVersion> carried = SegmentRules.load().versions();
    assertThat(SegmentRules.parse("r", SegmentRulesWriter.text(carried)).versions())
        .isEqualTo(carried);
    assertThat(SegmentRules.parse("r", SegmentRulesWriter.text(FIRST.versions())).versions())
        .isEqualTo(FIRST.versions());
  }

  private static Dataset<Row> first() {
    return build(Optional.of(FIRST), List.of(), APRIL, nothing(), IN_MARCH);
  }

  private static Dataset<Row> history(
      SegmentRules rules, Instant known, Dataset<Row> before, String... attributes) {
    return build(Optional.of(rules), MARCH_TOLD, known, before, attributes);
  }

  private static Dataset<Row> build(
      Optional<SegmentRules> rules,
      List<LocalDate> published,
      Instant known,
      Dataset<Row> before,
      String... attributes) {
    String values =
        List.of(attributes).stream().map(it -> "(" + it + ")").collect(Collectors.joining(", "));
    Dataset<Row> frame =
        TestSpark.session()
            .sql("SELECT * FROM VALUES " + values + " AS t(customer_id, valid_from, segment)")
            .selectExpr("customer_id", "CAST(valid_from AS DATE)", "CAST(segment AS STRING)");
    return new SegmentHistoryJob(rules, published, known)
        .build(Inputs.of(Map.of(CustomerAttributes.TABLE, frame, SegmentHistory.TABLE, before)))
        .get(SegmentHistory.TABLE);
  }

  private static Dataset<Row> nothing() {
    return TestSpark.session()
        .createDataFrame(List.of(), Contracts.load().contract(SegmentHistory.TABLE).schema());
  }

  private static List<String> lines(Dataset<Row> history) {
    return history
        .orderBy("customer_id", "valid_from", "known_from", "valid_to")
        .selectExpr(
            "CONCAT_WS(' ', customer_id, COALESCE(STRING(valid_from), '-'), COALESCE(STRING(valid_to), '-'),"
                + " COALESCE(segment, '-'), decided_by, COALESCE(STRING(rules_valid_from), '-'),"
                + " COALESCE(stage, '-'), IF(channels IS NULL, '-', CONCAT_WS(',', channels)),"
                + " COALESCE(STRING(first_contact_day), '-'), IF(known_from < '2024-05-01', 'April', 'May'),"
                + " IF(known_to IS NULL, '-', 'May'))")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
