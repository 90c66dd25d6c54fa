package io.recupero.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.rules.InvalidRulesException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AlertsTest {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  /** Overdue of 100 in CLP: segment a 20, then 50; segment b 10, then 10; USD 90 of 100. */
  private static final String BALANCES =
      """
      SELECT CAST(day AS DATE) AS day, CAST(NULL AS STRING) AS portfolio_id, segment,
        CAST(NULL AS STRING) AS country, CAST(NULL AS STRING) AS region,
        CAST(NULL AS STRING) AS industry, CAST(NULL AS STRING) AS company_size,
        CAST(NULL AS STRING) AS debt_type, currency, 'all' AS bucket,
        CAST(open AS DECIMAL(18,4)) AS open_amount, CAST(1 AS BIGINT) AS open_count,
        CAST(overdue AS DECIMAL(18,4)) AS overdue_amount, CAST(0 AS BIGINT) AS overdue_count
      FROM VALUES
        ('2026-02-28', 'a', 'CLP', 100, 20), ('2026-03-15', 'a', 'CLP', 0, 30),
        ('2026-02-28', 'b', 'CLP', 100, 10), ('2026-03-01', 'c', 'CLP', 100, 90),
        ('2026-02-28', 'a', 'USD', 100, 90)
        AS t(day, segment, currency, open, overdue)
      """;

  @Test
  void anAlertFiresForTheSlicesPastItsThresholdAndForNoOther() {
    List<Alert> fired =
        fired(
            """
            alerts:
              - {id: each, kpi: delinquency_index, by: [segment], where: {currency: CLP}, above: 40, severity: warning}
              - {id: one, kpi: delinquency_index, where: {segment: a}, above: 60, severity: critical,
                 text: {es: "{slice} en {value}", en: "{slice} at {value}, above {bound}"}}
              - {id: total, kpi: delinquency_index, below: 51, severity: info}
              - {id: moved, kpi: delinquency_index, by: [segment], where: {currency: CLP},
                 change: {against: previous_month_end, above: 25}, severity: warning}
              - {id: last_year, kpi: delinquency_index, change: {against: same_month_last_year, above: -100, below: 100}, severity: info}
              - {id: nowhere, kpi: delinquency_index, where: {segment: z}, above: 0, severity: info}
            """);

    assertThat(fired)
        .extracting(alert -> alert.alert() + ": " + alert.slice())
        .containsExactly(
            "each: currency=CLP, segment=a",
            "each: currency=CLP, segment=c",
            "one: segment=a, currency=USD",
            "total: currency=CLP",
            "moved: currency=CLP, segment=a");
    assertThat(fired.get(2).text().en()).isEqualTo("segment=a, currency=USD at 90, above 60");
    assertThat(fired.get(3).text().es())
        .isEqualTo("Índice de morosidad (currency=CLP): 50 %, bajo 51.");
    assertThat(fired.get(4).value()).isEqualByComparingTo("30");
    assertThat(fired.get(4).text().en())
        .isEqualTo(
            "Delinquency index (currency=CLP, segment=a): changed by 30 points since 2026-02-28;"
                + " threshold 25.");
  }

  @Test
  void everythingWrongIsToldAtOnceWithItsLine() {
    assertThatThrownBy(
            () ->
                AlertRules.parse(
                    "a.yaml",
                    """
                    alerts:
                      - {id: a, kpi: delinquency_indx, above: 1, severity: info}
                      - {id: b, kpi: dso, where: {portfolio: P1}, above: 1, severity: info}
                      - {id: c, kpi: dso, severity: info}
                      - {id: d, kpi: dso, abov: 1, above: x, severity: bad}
                      - {id: d, kpi: dso, change: {against: yesterday, above: 1}, severity: info}
                      - {id: e, kpi: dso, by: segment, to: PESO, above: 1, severity: info, text: {en: only}}
                    """))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining(
            "a.yaml:2: alert a: kpi is delinquency_indx. Did you mean delinquency_index?")
        .hasMessageContaining(
            "a.yaml:3: alert b: dso has no dimension portfolio. Did you mean portfolio_id?")
        .hasMessageContaining("a.yaml:4: alert c has no threshold. Add above or below.")
        .hasMessageContaining("a.yaml:5: an alert has no key abov. Did you mean above?")
        .hasMessageContaining("a.yaml:5: alert d: above is x, which is no number.")
        .hasMessageContaining("a.yaml:5: alert d: severity is bad.")
        .hasMessageContaining("a.yaml:6: alert d: against is yesterday.")
        .hasMessageContaining("a.yaml:6: there are two alerts d. Rename one.")
        .hasMessageContaining("a.yaml:7: alert e: by is a list. Write by: [segment].")
        .hasMessageContaining("a.yaml:7: alert e: to is PESO, which is no currency")
        .hasMessageContaining("a.yaml:7: alert e: text is not said in es and en.");
  }

  @Test
  void theAlertsThatAreCarriedCanBeUsedAndSoCanTheirExamples() {
    assertThat(AlertRules.load(Optional.empty()).all()).isEmpty();

    String examples =
        io.recupero.rules.YamlFile.resource("schemas/rules/alerts.yaml")
            .lines()
            .dropWhile(line -> !line.startsWith("#   - "))
            .takeWhile(line -> line.startsWith("#"))
            .map(line -> line.substring(1))
            .collect(java.util.stream.Collectors.joining("\n", "alerts:\n", "\n"));
    assertThat(AlertRules.parse("examples.yaml", examples).all()).hasSize(4);
  }

  private static List<Alert> fired(String rules) {
    Dataset<Row> balances = TestSpark.session().sql(BALANCES);
    return new Alerts(table -> balances, AS_OF).fired(AlertRules.parse("a.yaml", rules));
  }
}
