package io.recupero.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KpisTest {

  private static final Cards CARDS = Cards.load();

  private static final String BALANCE =
      """
      day        | segment | currency | open_amount | open_count | overdue_amount | overdue_count
      2026-01-05 | retail  | CLP      |      100000 |          1 |              0 |             0
      2026-01-20 | retail  | CLP      |           0 |          0 |          40000 |             1
      2026-01-25 | sme     | USD      |      200.00 |          2 |          50.00 |             1
      2026-02-10 | retail  | CLP      |      -40000 |          0 |         -40000 |            -1
      2026-02-15 | retail  | CLP      |      -60000 |         -1 |              0 |             0
      2026-02-15 | sme     | CLP      |       60000 |          1 |              0 |             0
      """;

  private static final String RATES =
      """
      rate_date  | from_currency | to_currency | rate
      2026-01-10 | USD           | CLP         | 900
      2026-01-31 | USD           | CLP         | 1000
      2026-02-01 | USD           | CLP         | 950
      """;

  @Test
  void aTransferBetweenSegmentsMovesTheWholeBalance() {
    assertThat(
            csv(
                query(
                    "delinquency_index",
                    "2026-02-14,2026-02-15",
                    "segment",
                    null,
                    "currency = 'CLP'")))
        .isEqualTo(
            """
            kpi,as_of,segment,value,numerator,denominator,items
            delinquency_index,2026-02-14,retail,0,0,60000,1
            delinquency_index,2026-02-15,sme,0,0,60000,1
            """);
  }

  @Test
  void eachDateSeesItsOwnDayAndNothingLater() {
    assertThat(
            csv(
                query(
                    "delinquency_index",
                    "2026-01-04,2026-01-05,2026-01-19,2026-01-20",
                    "currency",
                    null,
                    null)))
        .isEqualTo(
            """
            kpi,as_of,currency,value,numerator,denominator,items
            delinquency_index,2026-01-05,CLP,0,0,100000,1
            delinquency_index,2026-01-19,CLP,0,0,100000,1
            delinquency_index,2026-01-20,CLP,40,40000,100000,1
            """);
  }

  @Test
  void severalDatesInOnePassAreThoseOfSeveralQuestions() {
    String dates = "2026-01-04,2026-01-20,2026-01-31,2026-02-10,2026-02-28";
    String ids = "average_dpd,days_to_recover_median,days_to_recover_weighted_mean_365";
    List<KpiRow> together =
        new ArrayList<>(answer(query(ids, dates, "segment,currency", null, null)));
    List<KpiRow> apart = new ArrayList<>();
    for (String date : dates.split(",")) {
      apart.addAll(answer(query(ids, date, "segment,currency", null, null)));
    }
    assertThat(together).isNotEmpty().containsExactlyInAnyOrderElementsOf(apart);
  }

  @Test
  void amountsAreConvertedAtTheLatestRateOfEachDate() {
    assertThat(csv(query("delinquency_index", "2026-01-30,2026-01-31,2026-02-28", "", "CLP", null)))
        .isEqualTo(
            """
            kpi,as_of,value,numerator,denominator,items
            delinquency_index,2026-01-30,30.357142857143,85000,280000,3
            delinquency_index,2026-01-31,30,90000,300000,3
            delinquency_index,2026-02-28,19,47500,250000,3
            """);
  }

  @Test
  void theInverseServesWhereNoDirectRateIsThere() {
    KpiResult result = evaluate(query("delinquency_index", "2026-01-30", "", "USD", null));
    assertThat(print(result))
        .endsWith(
            "delinquency_index,2026-01-30,30.357142857143,94.444444444444,311.111111111111,3\n");
    assertThat(result.rates())
        .singleElement()
        .satisfies(
            rate -> {
              assertThat(rate.inverse()).isTrue();
              assertThat(rate.from()).isEqualTo("CLP");
              assertThat(rate.dated()).hasToString("2026-01-10");
            });
  }

  @Test
  void anAmountWithoutARateMakesItsGroupNullAndNeverAPartOfIt() {
    assertThat(csv(query("delinquency_index", "2026-01-31", "", "EUR", null)))
        .isEqualTo(
            """
            kpi,as_of,value,numerator,denominator,items
            delinquency_index,2026-01-31,,,,3
            """);
    assertThat(csv(query("delinquency_index", "2026-01-05", "segment", "CLP", null)))
        .as("a rate before the first is missing, but pesos need none")
        .endsWith("delinquency_index,2026-01-05,retail,0,0,100000,1\n");
  }

  @Test
  void amountsInSeveralCurrenciesAreRefused() {
    assertThatThrownBy(() -> csv(query("delinquency_index", "2026-01-31", "segment", null, null)))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(
            "Cannot add amounts in several currencies (CLP, USD) for delinquency_index. Group by"
                + " currency, keep one (currency = 'CLP'), or name a currency to convert to.");
  }

  @Test
  void figuresThatOnlyCountNeedNoCurrency() {
    assertThat(csv(query("days_to_recover_median", "2026-01-31", "", null, null)))
        .endsWith("days_to_recover_median,2026-01-31,10,,,4\n");
  }

  @Test
  void whatIsStillOpenIsCensoredAtTheDate() {
    // day 20474 is 2026-01-21: seen for 4 days on the 25th, ten days on the 31st
    assertThat(
            csv(
                query(
                    "days_to_recover_paid_by_30,days_to_recover_median",
                    "2026-01-25,2026-02-28",
                    "",
                    null,
                    null)))
        .isEqualTo(
            """
            kpi,as_of,value,numerator,denominator,items
            days_to_recover_paid_by_30,2026-01-25,,,,2
            days_to_recover_paid_by_30,2026-02-28,50,,,4
            days_to_recover_median,2026-01-25,3,,,2
            days_to_recover_median,2026-02-28,10,,,4
            """);
  }

  @Test
  void anEmptyMartGivesOneRowWithoutAValueAndNoGroups() {
    assertThat(
            print(
                evaluate(
                    query("delinquency_index,days_to_recover_median", "2026-01-31", "", null, null),
                    true)))
        .isEqualTo(
            """
            kpi,as_of,value,numerator,denominator,items
            delinquency_index,2026-01-31,,0,0,0
            days_to_recover_median,2026-01-31,,,,0
            """);
    assertThat(
            evaluate(query("delinquency_index", "2026-01-31", "segment", null, null), true).rows())
        .isEmpty();
  }

  @Test
  void aVintageIsTheLatestMonthSeenLongEnough() {
    // entries of February have due dates to the 28th: seen for 30 days on the 29th of March
    assertThat(csv(query("recovery_rate_30", "2024-03-28,2024-03-29", "", null, null)))
        .isEqualTo(
            """
            kpi,as_of,value,numerator,denominator,items
            recovery_rate_30,2024-03-28,80,80,100,1
            recovery_rate_30,2024-03-29,25,50,200,2
            """);
  }

  @Test
  void byCohortEveryMonthIsThereAndTheUnseenHasNoValue() {
    assertThat(csv(query("recovery_rate_30", "2024-03-30", "cohort,currency", null, null)))
        .isEqualTo(
            """
            kpi,as_of,cohort,currency,value,numerator,denominator,items
            recovery_rate_30,2024-03-30,2024-01,CLP,80,80,100,1
            recovery_rate_30,2024-03-30,2024-02,CLP,25,50,200,2
            recovery_rate_30,2024-03-30,2024-03,CLP,,,,3
            """);
  }

  @Test
  void onlyVintagesHaveCohorts() {
    assertThatThrownBy(
            () ->
                csv(
                    query(
                        "days_to_recover_median,recovery_rate_30",
                        "2024-03-30",
                        "cohort",
                        null,
                        null)))
        .hasMessageContaining("Cannot group days_to_recover_median by 'cohort'.");
    assertThat(answer(query(null, "2024-03-30", "cohort,currency", null, null)))
        .extracting(KpiRow::kpi)
        .containsOnly(
            "recovery_rate_30", "recovery_rate_60", "recovery_rate_90", "recovery_rate_180");
  }

  @Test
  void everythingWrongWithAQuestionIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                csv(
                    query(
                        "delinquency_indx,par_30",
                        "2026-01-31",
                        "segmnt",
                        null,
                        "curency = 'CLP'")))
        .hasMessageContaining(
            "Invalid KPI 'delinquency_indx': there is no card of that id. Did you mean delinquency_index?")
        .hasMessageContaining("Cannot group par_30 by 'segmnt'. Did you mean segment?")
        .hasMessageContaining("'curency'. Did you mean currency?");
  }

  @Test
  void datesAreAListOrARangeOfMonthEnds() {
    assertThat(AsOfDates.parse("2026-02-28, 2025-12..2026-02,2026-01-15"))
        .extracting(Object::toString)
        .containsExactly("2025-12-31", "2026-01-15", "2026-01-31", "2026-02-28");
    assertThatThrownBy(() -> AsOfDates.parse("2026-02-30,yesterday,2026-03..2026-01"))
        .hasMessageContainingAll("'2026-02-30'", "'yesterday'", "'2026-03..2026-01'");
  }

  @Test
  void aMissingAttributeIsAGroupOfItsOwn() {
    assertThat(csv(query("recovery_rate_30", "2024-03-30", "cohort,segment", null, null)))
        .contains("recovery_rate_30,2024-03-30,2024-02,,25,50,200,2\n");
  }

  private static KpiQuery query(String ids, String dates, String by, String to, String where) {
    return new KpiQuery(
        ids == null ? List.of() : List.of(ids.split(",")),
        AsOfDates.parse(dates),
        by.isEmpty() ? List.of() : List.of(by.split(",")),
        to,
        where);
  }

  @Test
  void theCountBackEndsWhereConvertedBillingUsesTheBalanceUp() {
    String two =
        """
        day        | currency | billing_month | billed_amount | open_amount
        2024-01-05 | USD      | 2024-01       | 1.00          | 0
        2024-01-05 | USD      |               | 0             | 1.00
        2024-02-10 | USD      | 2024-02       | 1.00          | 0
        2024-02-10 | USD      |               | 0             | 1.00
        """;
    String earlier =
        """
        2023-10-05 | USD      | 2023-10       | 1.00          | 0
        2023-10-05 | USD      |               | 0             | 1.00
        2023-11-05 | USD      |               | 0             | -1.00
        """;
    assertThat(countBack(two, "2024-02-29")).containsExactly(60.0);
    assertThat(countBack(two + earlier, "2024-02-29")).containsExactly(60.0);
    assertThat(countBack(two, "2024-01-04,2024-01-05")).containsExactly(0.0, 5.0);
    String paidLess = two.replace("| 1.00\n2024-02-10", "| 1.01\n2024-02-10");
    assertThat(countBack(paidLess, "2024-02-29")).as("a cent that nothing billed").containsNull();
  }

  private static List<Double> countBack(String billing, String dates) {
    Map<String, Dataset<Row>> tables =
        Map.of(
            "gold.billing_daily",
            MartTables.rows("gold.billing_daily", billing),
            MartReader.RATES,
            MartTables.rates(
                AsciiTable.rows(
                    """
                    rate_date  | from_currency | to_currency | rate
                    2023-01-01 | CAD           | USD         | 3
                    """)));
    return new Kpis(CARDS, MartTables.SHAPES, tables::get)
        .evaluate(query("dso_countback", dates, "", "CAD", null)).rows().stream()
            .map(KpiRow::value)
            .toList();
  }

  @Test
  void nobodyKnowsWhatWasPaidWithoutAPaymentsFile() {
    MartReader withoutPayments =
        new MartReader() {
          @Override
          public Dataset<Row> read(String table) {
            return MartTables.rows(table, "");
          }

          @Override
          public boolean has(String input) {
            return !input.equals("payments");
          }
        };
    List<KpiRow> rows =
        new Kpis(CARDS, MartTables.SHAPES, withoutPayments)
            .evaluate(query("plan_adherence,write_off_rate", "2026-01-31", "", null, null))
            .rows();
    assertThat(rows.get(0).denominator()).isNull();
    assertThat(rows.get(1).denominator()).isZero();
  }

  @Test
  void withoutPaymentsAndAdjustmentsNobodyKnowsWhatWasCollected() {
    for (Set<String> given : List.of(Set.<String>of(), Set.of("adjustments"), Set.of("payments"))) {
      MartReader reader =
          new MartReader() {
            @Override
            public Dataset<Row> read(String table) {
              return MartTables.rows(
                  table,
                  """
                  day        | currency | opening_amount | closing_amount
                  2026-01-31 | CLP      | 100.00         | 100.00
                  """);
            }

            @Override
            public boolean has(String input) {
              return given.contains(input);
            }
          };
      List<KpiRow> rows =
          new Kpis(CARDS, MartTables.SHAPES, reader)
              .evaluate(query("cei", "2026-01-31", "", null, null))
              .rows();
      assertThat(rows.get(0).value()).isEqualTo(given.isEmpty() ? null : 0.0);
    }
  }

  private static String csv(KpiQuery query) {
    return print(evaluate(query));
  }

  private static String print(KpiResult result) {
    StringBuilder csv = new StringBuilder(String.join(",", result.columns())).append('\n');
    for (List<Object> cells : result.cells()) {
      csv.append(
          cells.stream().map(c -> c == null ? "" : c.toString()).collect(Collectors.joining(",")));
      csv.append('\n');
    }
    return csv.toString();
  }

  private static List<KpiRow> answer(KpiQuery query) {
    return evaluate(query).rows();
  }

  private static KpiResult evaluate(KpiQuery query) {
    return evaluate(query, false);
  }

  private static KpiResult evaluate(KpiQuery query, boolean empty) {
    Map<String, Dataset<Row>> tables =
        Map.of(
            "gold.balance_daily",
            MartTables.rows("gold.balance_daily", BALANCE),
            "gold.flow_daily",
            MartTables.rows("gold.flow_daily", ""),
            "gold.vintage_daily",
            MartTables.rows(
                "gold.vintage_daily",
                """
                    day        | currency | cohort  | base_amount | base_count | cash_30_amount
                    2024-01-10 | CLP      | 2024-01 |         100 |          1 |              0
                    2024-01-15 | CLP      | 2024-01 |           0 |          0 |             80
                    2024-02-10 | CLP      | 2024-02 |         200 |          2 |             50
                    2024-03-05 | CLP      | 2024-03 |         300 |          3 |            300
                    """),
            "gold.recovery_daily",
            MartTables.rows(
                "gold.recovery_daily",
                """
                    day        | currency | ended_by    | days  | exit_count | exit_amount
                    2026-01-21 | CLP      | open        | 20474 |          1 |         100
                    2026-01-22 | USD      | open        | 20475 |          1 |         100
                    2026-01-25 | USD      | open        | 20475 |         -1 |        -100
                    2026-01-25 | USD      | paid        |     3 |          1 |         100
                    2026-01-28 | CLP      | paid        |    10 |          1 |         100
                    2026-01-29 | CLP      | written_off |    12 |          1 |         100
                    2026-01-31 | CLP      | open        | 20474 |         -1 |        -100
                    2026-01-31 | CLP      | credited    |    10 |          1 |         100
                    """),
            MartReader.RATES,
            MartTables.rates(AsciiTable.rows(RATES)));
    return new Kpis(
            CARDS, MartTables.SHAPES, name -> empty ? tables.get(name).limit(0) : tables.get(name))
        .evaluate(query);
  }
}
