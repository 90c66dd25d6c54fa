package io.recupero.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.CurrentUser;
import org.apache.spark.sql.catalyst.expressions.Uuid;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedFunctionsTest {

  /** What Spark's parser knows by its grammar and not by the registry. */
  private static final Set<String> OF_THE_GRAMMAR = Set.of("case", "try_cast", "||");

  @Test
  void everyAllowedNameIsOneOfSparks() {
    Set<String> unknown = new TreeSet<>();
    for (String name : AllowedFunctions.names()) {
      FunctionIdentifier id = new FunctionIdentifier(name);
      if (!FunctionRegistry.builtin().functionExists(id)
          && !TableFunctionRegistry.builtin().functionExists(id)
          && !OF_THE_GRAMMAR.contains(name)) {
        unknown.add(name);
      }
    }
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reflect",
        "java_method",
        "try_reflect",
        "version",
        "current_user",
        "user",
        "session_user",
        "current_database",
        "current_catalog",
        "input_file_name",
        "raise_error",
        "assert_true",
        "from_xml",
        "xpath",
        "xpath_string",
        "from_avro",
        "to_avro",
        "from_protobuf",
        "rand",
        "uuid",
        "now",
        "current_timestamp",
        "current_date",
        "monotonically_increasing_id",
        "spark_partition_id",
        "shuffle",
        "python_worker_logs",
        "sql_keywords",
        "schema_of_xml"
      })
  void whatRunsCodeOrTellsOfTheMachineIsNotAllowed(String name) {
    assertThat(AllowedFunctions.has(name)).isFalse();
  }

  @Test
  void namesMayBeInAnyCase() {
    assertThat(AllowedFunctions.has("SUM")).isTrue();
    assertThat(AllowedFunctions.has("Reflect")).isFalse();
  }

  @Test
  void functionsAreKnownByTheirClassToo() {
    assertThat(AllowedFunctions.refuses(new CurrentUser())).isTrue();
    assertThat(AllowedFunctions.refuses(new Uuid())).isTrue();
    assertThat(
            AllowedFunctions.refuses(CatalystSqlParser$.MODULE$.parseExpression("CAST(a AS DATE)")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/functions.md", "docs/funciones.md"})
  void theDocsListThemAll(String file) throws IOException {
    String text = Files.readString(Path.of(file));
    Set<String> listed =
        Arrays.stream(text.substring(text.indexOf("## ")).split("[^\\S\n]|\n|, "))
            .filter(word -> word.startsWith("`") && word.endsWith("`") || word.contains("|"))
            .map(word -> word.replace("`", ""))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).containsAll(AllowedFunctions.names());
    listed.removeAll(AllowedFunctions.names());
    assertThat(listed).isEmpty();
  }
}
