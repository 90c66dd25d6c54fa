package io.recupero.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.contract.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardsTest {

  private static final String GOOD =
      """
      id: share_{k}
      for: [{k: 30}, {k: 60}]
      name: {es: "Parte a {k}", en: "Share at {k}"}
      meaning: {es: Una parte., en: A share.}
      unit: percent
      better: lower
      mart: gold.balance_daily
      adds: at_date
      numerator: SUM(overdue_over_{k}_amount)
      denominator: SUM(open_amount)
      items: SUM(open_count)
      formula: 100 * numerator / denominator
      edges:
        nothing_open: {es: Vacío., en: Empty.}
      examples:
        - shows: nothing_open
          given: |
            as_of      | open_amount
            2026-01-31 | 0.00
          expect: null
      owner: credit
      source: {es: nadie, en: nobody}
      subject: balance
      """;

  @TempDir Path folder;

  @Test
  void theCardsThatComeWithTheProductHaveNoProblem() {
    Cards cards = Cards.load();
    assertThat(cards.problems(MartTables.SHAPES)).isEmpty();
    assertThat(cards.ids())
        .doesNotHaveDuplicates()
        .contains(
            "delinquency_index",
            "par_30",
            "par_90",
            "overdue_over_60",
            "average_dpd",
            "recovery_rate",
            "recovery_rate_180",
            "days_to_recover_median",
            "days_to_recover_weighted_p75",
            "days_to_recover_weighted_paid_by_180",
            "days_to_recover_median_high",
            "days_to_recover_km_median_low",
            "days_to_recover_weighted_km_median",
            "days_to_recover_weighted_mean_365",
            "unapplied_share",
            "restructured_share");
  }

  @Test
  void oneFileDeclaresAFamily() throws IOException {
    Cards cards = read(GOOD);
    assertThat(cards.problems(MartTables.SHAPES)).isEmpty();
    assertThat(cards.ids()).containsExactly("share_30", "share_60");
    assertThat(cards.all().get(1).name()).isEqualTo(new Text("Parte a 60", "Share at 60"));
    assertThat(cards.all().get(1).expression())
        .isEqualTo("100 * (SUM(overdue_over_60_amount)) / NULLIF(SUM(open_amount), 0)");
  }

  @Test
  void aMisspeltColumnIsNamedWithItsLineAndTheNearestOne() throws IOException {
    assertThat(problems(GOOD.replace("SUM(open_amount)", "SUM(opn_amount)")))
        .containsExactly(
            "schemas/kpis/card.yaml:10: the denominator uses opn_amount, which gold.balance_daily"
                + " lacks.\nDid you mean open_amount? Correct it, or add the column to"
                + " schemas/contracts/gold.balance_daily.yaml.");
  }

  @Test
  void anEdgeWithoutAnExampleIsRefused() throws IOException {
    assertThat(problems(GOOD.replace("shows: nothing_open", "shows: usual")))
        .singleElement()
        .asString()
        .contains("card.yaml:14: the edge nothing_open has no example.");
  }

  @Test
  void aFormulaThatIsNoSqlIsRefused() throws IOException {
    assertThat(problems(GOOD.replace("100 * numerator / denominator", "100 * (numerator /")))
        .singleElement()
        .asString()
        .contains("card.yaml:12: the formula is not SQL:");
  }

  @Test
  void anUnknownFunctionAndAColumnOutsideAnAggregateAreRefused() throws IOException {
    assertThat(
            problems(
                GOOD.replace("SUM(open_count)", "open_count").replace("SUM(open_a", "SUMM(open_a")))
        .hasSize(3)
        .anyMatch(p -> p.contains(":11: the items uses open_count outside of SUM"))
        .anyMatch(
            p ->
                p.contains(
                    ":10: the denominator may not run: there is no function summ. Did you mean sum?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUM(open_count) + LENGTH(reflect('java.lang.System', 'nanoTime'))",
        "SUM(open_count) + (SELECT COUNT(*) FROM text.`/etc/passwd`)",
        "SUM(open_count) + LENGTH(current_user())",
        "SUM(LENGTH(repeat('x', 2000000000)))"
      })
  void aCardRunsNothingAndReadsNoFile(String attack) throws IOException {
    assertThat(problems(GOOD.replace("SUM(open_count)", attack)))
        .anyMatch(p -> p.contains("card.yaml:11: the items may not run: "));
    assertThat(problems(GOOD.replace("100 * numerator / denominator", "numerator + " + attack)))
        .anyMatch(p -> p.contains("card.yaml:12: the formula may not run: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reflect('java.lang.System', 'nanoTime') > '1'",
        "segment IN (SELECT value FROM text.`/etc/passwd`)",
        "current_user() = 'root'",
        "segment RLIKE '(a+)+$'",
        "segment = 'sme'; DROP TABLE gold.balance_daily"
      })
  void aConditionRunsNothingAndReadsNoFile(String attack) {
    List<String> problems = new ArrayList<>();
    QueryCheck.columns(attack, problems);
    assertThat(problems).isNotEmpty().allMatch(p -> p.startsWith("Invalid condition '" + attack));
  }

  @Test
  void anIdTakenTwiceIsRefused() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), GOOD);
    assertThat(problems(GOOD))
        .anyMatch(p -> p.contains("the id share_30 is taken by schemas/kpis/card.yaml."))
        .hasSize(2);
  }

  @Test
  void everythingWrongWithAFileIsSaidAtOnce() throws IOException {
    String bad =
        GOOD.replace("unit: percent", "unit: percentage")
            .replace("owner:", "ower:")
            .replace("meaning: {es: Una parte., en: A share.}", "meaning: A share.");
    assertThat(problems(bad))
        .anyMatch(p -> p.contains("card.yaml:21: a card has no key 'ower'.\nDid you mean owner?"))
        .anyMatch(p -> p.contains("the card lacks owner."));
    String texts = bad.replace("ower:", "owner:");
    assertThat(problems(texts))
        .anyMatch(p -> p.contains("card.yaml:5: unit is 'percentage'."))
        .anyMatch(p -> p.contains("card.yaml:4: meaning is not given in es and en."));
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithItsLine() throws IOException {
    assertThat(problems("id: [a\nname: b"))
        .singleElement()
        .asString()
        .startsWith("schemas/kpis/card.yaml:2: the file is not YAML:");
  }

  @Test
  void anExampleWithColumnsThatTheMartLacksIsRefused() throws IOException {
    assertThat(problems(GOOD.replace("| open_amount\n", "| open_amont\n")))
        .singleElement()
        .asString()
        .contains("the example nothing_open gives open_amont, which gold.balance_daily lacks.");
  }

  private List<String> problems(String card) throws IOException {
    return read(card).problems(MartTables.SHAPES);
  }

  private Cards read(String card) throws IOException {
    Files.writeString(folder.resolve("card.yaml"), card);
    return Cards.load(folder);
  }
}
