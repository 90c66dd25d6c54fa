package io.recupero.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.recupero.kpi.MartShape.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example on a card is a test of its own; those of one mart are computed together. */
class CardExamplesTest {

  private static final String EXAMPLE = "example";

  @TestFactory
  Stream<DynamicTest> everyExampleOfEveryCardHolds() {
    Cards cards = Cards.load();
    return MartTables.SHAPES.stream()
        .filter(shape -> cards.all().stream().anyMatch(card -> card.mart().equals(shape.mart())))
        .flatMap(shape -> examples(shape, cards));
  }

  private static Stream<DynamicTest> examples(MartShape mart, Cards cards) {
    List<Card> ofMart = cards.all().stream().filter(c -> c.mart().equals(mart.mart())).toList();
    Map<String, Role> roles = new LinkedHashMap<>(mart.roles());
    roles.put(EXAMPLE, Role.DIMENSION);
    MartShape shape = new MartShape(mart.mart(), roles);
    List<Map<String, String>> rows = new ArrayList<>();
    for (Card card : ofMart) {
      for (Card.Example example : card.examples()) {
        for (Map<String, String> row : AsciiTable.rows(example.given())) {
          Map<String, String> delta = new HashMap<>(row);
          delta.put("day", delta.remove("as_of"));
          delta.put(EXAMPLE, name(card, example));
          rows.add(delta);
        }
      }
    }
    List<LocalDate> dates =
        rows.stream().map(row -> LocalDate.parse(row.get("day"))).distinct().toList();
    Dataset<Row> table = MartTables.rows(shape, rows);
    KpiQuery query =
        new KpiQuery(ofMart.stream().map(Card::id).toList(), dates, List.of(EXAMPLE), null, null);
    // The data of an example are as old as any card asks for.
    Dataset<Row> history = table.sparkSession().sql("SELECT DATE'1990-01-01' AS day");
    // The mart that tells the history is one of those with examples.
    MartReader reader =
        name -> name.equals(MartReader.HISTORY) && !name.equals(mart.mart()) ? history : table;
    KpiResult result = new Kpis(cards, List.of(shape), reader).evaluate(query);
    return ofMart.stream()
        .flatMap(
            card ->
                card.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                name(card, example), () -> holds(card, example, result))));
  }

  private static void holds(Card card, Card.Example example, KpiResult result) {
    String date = AsciiTable.rows(example.given()).get(0).get("as_of");
    List<KpiRow> rows =
        result.rows().stream()
            .filter(row -> row.kpi().equals(card.id()))
            .filter(row -> row.dimensions().get(0).equals(name(card, example)))
            .filter(row -> row.asOf().equals(LocalDate.parse(date)))
            .toList();
    Double value = rows.isEmpty() ? null : rows.get(0).value();
    if (example.expect() == null) {
      assertThat(value).isNull();
    } else {
      assertThat(value).isCloseTo(example.expect(), within(1e-9));
    }
  }

  private static String name(Card card, Card.Example example) {
    return card.id() + ": " + example.shows();
  }
}
