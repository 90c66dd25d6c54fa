package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings that somebody copied from somebody else, and that want more than to be read. */
class HostileMappingTest {

  private static final String GOOD =
      """
      sources:
        s: {files: s.csv}
      views:
        v: SELECT s.* FROM s
      tables:
        stages:
          from: v
          where: "true"
          columns: {customer_id: id, stage: kind, entered_on: since}
      findings:
        odd: {from: s, es: raro, en: odd, when: kind = 'x'}
      """;

  @TempDir Path folder;
  private int batches;

  private Path mapping(String yaml) {
    try {
      return Files.writeString(folder.resolve("m.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> problems(String yaml) {
    return Mappings.check(mapping(yaml)).stream().map(p -> p.line() + ": " + p.what()).toList();
  }

  /** Reads with a mapping that was not checked before, as if the check had let it through. */
  private SourceTables read(Mapping mapping, Inbox inbox) {
    Batch batch =
        new Intake(inbox.lake)
            .take(
                "b" + ++batches,
                Inbox.ARRIVED,
                mapping.name(),
                MappedFiles.find(mapping, inbox.input));
    return new SourceReader(TestSpark.session(), inbox.lake).read(batch, mapping);
  }

  private Inbox inbox() {
    return new Inbox(folder.resolve("inbox" + ++batches))
        .with("s.csv", "id,kind,since\n1,early,2026-01-05\n");
  }

  @Test
  void theSameWithoutAnAttackIsGood() {
    assertThat(problems(GOOD)).isEmpty();
    assertThat(read(Mappings.load(mapping(GOOD)), inbox()).frames().get("stages").count())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s.*, t FROM (SELECT TRANSFORM (*) USING 'tee %s' AS (t) FROM s), s",
        "SELECT s.*, p.value FROM s, text.`/etc/passwd` p",
        "SELECT s.*, p.value FROM s, csv.`file:/etc/passwd` p",
        "SELECT s.*, p.* FROM s, delta.`/tmp/lake/silver.customers` p",
        "SELECT s.*, java_method('java.lang.System', 'getenv', 'HOME') h FROM s",
        "SELECT s.*, (SELECT max(value) FROM text.`/etc/passwd`) h FROM s",
        "SELECT s.* FROM s LEFT JOIN gold.balance_daily ON true",
        "INSERT OVERWRITE DIRECTORY '%s' USING csv SELECT * FROM s",
        "SELECT s.*, split(id, '(x+x+)+y')[0] h FROM s",
        "SELECT s.*, h FROM s LATERAL VIEW explode(sequence(1, 1000000000)) x AS h"
      })
  void aViewReadsItsSourcesAndRunsNothing(String query) {
    Path written = folder.resolve("written");
    String yaml = GOOD.replace("SELECT s.* FROM s", '"' + query.formatted(written) + '"');
    assertThat(problems(yaml))
        .isNotEmpty()
        .allMatch(p -> p.startsWith("4: Invalid query of the view v: "));
    assertThat(written).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer_id: id", "where: \"true\"", "when: kind = 'x'"})
  void noExpressionRunsJava(String place) {
    String key = place.substring(0, place.indexOf(':'));
    for (String attack :
        List.of(
            "java_method('java.lang.System', 'nanoTime') > '1'",
            "concat(id, reflect('java.lang.System', 'nanoTime')) > '1'",
            "id IN (SELECT value FROM text.`/etc/passwd`)",
            "version() > '1'",
            "id RLIKE '(a+)+$'",
            "length(repeat(id, 2000000000)) > 1",
            "size(sequence(1, 1000000000)) > 1")) {
      assertThat(problems(GOOD.replace(place, key + ": \"" + attack + "\"")))
          .as(place + " " + attack)
          .isNotEmpty();
    }
  }

  @Test
  void theProblemSaysWhereWhatAndTheRemedy() {
    assertThat(problems(GOOD.replace("FROM s\n", "FROM csv.`/etc/passwd` s\n")))
        .containsExactly(
            "4: Invalid query of the view v: it reads csv./etc/passwd, which is no source or earlier"
                + " view of this mapping. Name the file under sources: and read it by that name.");
    assertThat(problems(GOOD.replace("FROM s\n", "FROM ss s\n")))
        .singleElement()
        .asString()
        .contains("Did you mean s?");
    assertThat(problems(GOOD.replace("customer_id: id", "customer_id: \"reflect('a', id)\"")))
        .containsExactly(
            "9: Invalid expression for stages.customer_id: it calls reflect, which is not among the"
                + " functions allowed here, listed in docs/functions.md.");
  }

  @Test
  void whatOnlyTheAnalyzerSeesIsRefusedBeforeAnythingRuns() {
    // Without parentheses a function looks like a column until there is no such column.
    assertThatThrownBy(
            () ->
                read(
                    Mappings.load(
                        mapping(GOOD.replace("SELECT s.*", "SELECT s.*, current_user AS u"))),
                    inbox()))
        .hasMessageContaining("m.yaml:4: Invalid query of the view v: it calls current_user");
    assertThatThrownBy(
            () ->
                read(
                    Mappings.load(mapping(GOOD.replace("kind = 'x'", "session_user = 'x'"))),
                    inbox()))
        .hasMessageContaining("m.yaml:11: the finding odd uses session_user, which s lacks.");
  }

  @Test
  void helpersWithinHelpersEndSomewhere() {
    String deep = "parse_date(".repeat(40) + "id" + ")".repeat(40);
    assertThat(problems(GOOD.replace("customer_id: id", "customer_id: " + deep)))
        .containsExactly("9: Invalid stages.customer_id: helpers stand within helpers too often.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../../etc/passwd", "a/../../b.csv", "/etc/*", "{..,a}/b.csv"})
  void filesLieBelowTheInputFolder(String files) {
    assertThat(problems(GOOD.replace("s.csv", "'" + files + "'")))
        .singleElement()
        .asString()
        .startsWith("2: Invalid files " + files + ": it is a path or glob below the input folder");
  }

  @Test
  void aBaseAndAnotherMappingLieNearToo() {
    assertThat(problems("base: /etc\n" + GOOD))
        .singleElement()
        .asString()
        .startsWith("1: Invalid base");
    assertThat(problems("base: ../../../../../../etc\n" + GOOD))
        .singleElement()
        .asString()
        .startsWith("1: Invalid base ../../../../../../etc: it is a relative path");
    assertThat(problems("base: data\n" + GOOD)).isEmpty();
    assertThat(problems("extends: ../../../etc/passwd\n" + GOOD))
        .singleElement()
        .asString()
        .startsWith("1: Invalid extends ../../../etc/passwd");
  }

  @Test
  void aliasesThatGrowOrGoRoundAreRefused() {
    assertThat(problems("about: &a [*a]\n" + GOOD)).isNotEmpty();
    StringBuilder bomb = new StringBuilder("assumptions:\n  - &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("  - &a%d [*a%d, *a%d]\n".formatted(i, i - 1, i - 1));
    }
    assertThat(problems(bomb + GOOD)).singleElement().asString().contains("Cannot read as YAML");
  }
}
