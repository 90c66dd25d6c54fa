package io.recupero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.cli.Messages.Lang;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandbookTest {

  private static final Cards CARDS = Cards.load();

  @ParameterizedTest
  @EnumSource(Lang.class)
  void theHandbookInDocsIsThatOfTheCards(Lang lang) throws IOException {
    Path committed = Path.of("docs", Handbook.file(lang));
    String expected = Handbook.text(CARDS, Contracts.load(), lang);

    assertThat(Files.exists(committed) ? Files.readString(committed) : "")
        .as("%s is stale. Renew it: ./recupero explain --handbook docs", committed)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Lang.class)
  void theDictionaryInDocsIsThatOfTheContracts(Lang lang) throws IOException {
    Path committed = Path.of("docs", Dictionary.file(lang));
    String expected = Dictionary.text(Contracts.load(), lang);

    assertThat(expected).contains("## gold.scorecard", "| `customer_id` |");
    assertThat(Files.exists(committed) ? Files.readString(committed) : "")
        .as("%s is stale. Renew it: ./recupero explain --handbook docs", committed)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Lang.class)
  void everyFigureIsExplainedInTheReadersLanguage(Lang lang) {
    String text = Handbook.text(CARDS, Contracts.load(), lang);
    for (Card card : CARDS.all()) {
      assertThat(text)
          .contains("<a id=\"" + card.id() + "\"></a>", card.name().in(lang.code()))
          .contains("`" + card.id() + "`")
          .doesNotContain("{k}", "null");
    }
  }
}
