package io.recupero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.kpi.Cards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the front page shows of the demonstration is what the demonstration prints. */
class ReadmeTest {

  @ParameterizedTest
  @CsvSource({"README.md, en", "README.es.md, es"})
  void showsTheFiguresOfTheDemonstration(String file, String language) throws IOException {
    Cards cards = Cards.load();

    assertThat(figures(file))
        .containsExactlyElementsOf(
            DemoCommand.HEADLINES.stream()
                .map(id -> id + " " + cards.find(id).orElseThrow().name().in(language))
                .toList());
  }

  /** Returns id and name of each line of the first table, as it is printed. */
  private static List<String> figures(String file) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .dropWhile(line -> !line.startsWith("kpi  "))
        .skip(2)
        .takeWhile(line -> !line.equals("```"))
        .map(line -> line.split(" {2,}"))
        .map(columns -> columns[0] + " " + columns[1])
        .toList();
  }
}
