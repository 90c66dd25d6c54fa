package io.recupero.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractsTest {

  private static final Contracts CONTRACTS = Contracts.load();

  private static final String GOOD =
      """
      id: input.things
      name: Things
      description:
        purpose: Things.
        customProperties: [{property: purposeEs, value: Cosas.}]
      schema:
        - name: things
          properties:
            - name: thing_id
              description: The thing.
              physicalType: STRING
              customProperties: [{property: descriptionEs, value: La cosa.}]
            - name: amount
              description: Its amount.
              physicalType: DECIMAL(18,4)
              customProperties: [{property: descriptionEs, value: Su importe.}]
          quality:
            - id: amount_small
              description: The amount is large
              type: custom
              engine: spark-sql
              implementation: amount < 10
              customProperties: [{property: descriptionEs, value: El importe es grande}]
      """;

  @Test
  void everyTableOfTheDesignHasOne() {
    assertThat(CONTRACTS.inputs()).hasSize(16);
    assertThat(CONTRACTS.all()).extracting(Contract::id).contains("ledger.events", "quarantine");
  }

  @Test
  void schemaIsWhatTheContractWrites() {
    assertThat(CONTRACTS.input("fx_rates").schema().simpleString())
        .isEqualTo(
            "struct<rate_date:date,from_currency:string,to_currency:string,rate:decimal(28,12)>");
    assertThat(CONTRACTS.silver("holidays").simpleString())
        .isEqualTo(
            "struct<country:string,date:date,name:string,known_at:timestamp,_batch:string,"
                + "_file:string,_record:bigint,_repeated:boolean,_waited_since:timestamp,_findings:string>");
    assertThat(CONTRACTS.input("customers").keys()).containsExactly("customer_id", "valid_from");
  }

  @Test
  void rolesOfAMartTellWhatCanBeAddedAndGroupedBy() {
    Contract balance = CONTRACTS.contract("gold.balance_daily");
    assertThat(balance.dimensions())
        .containsExactly(
            "portfolio_id",
            "segment",
            "country",
            "region",
            "industry",
            "company_size",
            "debt_type",
            "currency");
    assertThat(balance.keyColumns()).containsExactly("bucket");
    assertThat(balance.counts()).containsExactly("open_count", "overdue_count");
    assertThat(balance.amounts()).contains("open_amount", "par_90_amount", "unapplied_amount");
  }

  @Test
  void everyReasonIsSaidInBothLanguages() {
    for (Contract contract : CONTRACTS.all()) {
      contract
          .reasons()
          .forEach(
              (id, text) -> {
                assertThat(text.es()).as(contract.id() + " " + id).isNotBlank().doesNotContain("{");
                assertThat(text.en()).as(contract.id() + " " + id).isNotEqualTo(text.es());
              });
    }
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearest() {
    assertThatThrownBy(() -> CONTRACTS.contract("gold.balnce_daily"))
        .hasMessageContaining("Did you mean gold.balance_daily?");
    assertThatThrownBy(() -> CONTRACTS.input("invoices").column("due_dat"))
        .hasMessageContaining("Did you mean due_date?");
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirLines() {
    String bad =
        GOOD.replace("DECIMAL(18,4)", "DECIMALL")
            .replace("thing_id", "amount")
            .replace("amount < 10", "amuont < 10")
            .replace("La cosa.}]", "La cosa.}, {property: within, value: compnay_id}]")
            .replace("purpose: Things.", "porpose: Things.");
    assertThat(problems(Map.of("input.things.yaml", bad)))
        .anySatisfy(
            it ->
                assertThat(it)
                    .startsWith("schemas/contracts/input.things.yaml:15: ")
                    .contains("DECIMALL"))
        .anySatisfy(it -> assertThat(it).contains(":13: ").contains("amount is there twice"))
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains(":18: ")
                    .contains("amuont")
                    .contains("Did you mean amount?"))
        .anySatisfy(it -> assertThat(it).contains("column amount names compnay_id"))
        .anySatisfy(it -> assertThat(it).contains(":4: ").contains("purposeEs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reflect('java.lang.System', 'nanoTime') > '1'",
        "amount IN (SELECT value FROM text.`/etc/passwd`)",
        "current_user() = 'root'"
      })
  void aRuleRunsNothingAndReadsNoFile(String attack) {
    assertThat(problems(Map.of("input.things.yaml", GOOD.replace("amount < 10", attack))))
        .anySatisfy(it -> assertThat(it).contains("rule amount_small: ").contains(attack));
  }

  @Test
  void aReferenceToNowhereIsRefused() {
    String bad =
        GOOD.replace(
            "      - name: amount",
            "        relationships: [{id: unknown_it, to: thongs.thing_id}]\n      - name: amount");
    Map<String, String> texts = new HashMap<>(Map.of("input.things.yaml", bad));
    assertThat(problems(texts)).singleElement().asString().contains("no input has thongs.thing_id");
  }

  @Test
  void whatIsNotYamlIsSaidWithItsLine() {
    assertThat(problems(Map.of("input.things.yaml", "id: [\nname: x\n")))
        .anySatisfy(it -> assertThat(it).contains("input.things.yaml:").contains("not YAML"));
  }

  private static List<String> problems(Map<String, String> texts) {
    return catchThrowableOfType(InvalidContractsException.class, () -> Contracts.parse(texts))
        .problems();
  }
}
