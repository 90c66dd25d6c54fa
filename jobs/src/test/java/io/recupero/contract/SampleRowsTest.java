package io.recupero.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges data-samples/rows/: a contract says what its good and bad rows are, in rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleRowsTest {

  private static final Path ROWS = Path.of("data-samples/rows");
  private static final Contracts CONTRACTS = Contracts.load();

  private final Map<String, List<String>> expected = new HashMap<>();
  private final Map<String, List<String>> found = new HashMap<>();
  private Map<String, Judged> judged;

  static List<String> tables() {
    return CONTRACTS.inputs().stream().map(Contract::table).toList();
  }

  @BeforeAll
  void judgeAllTogether() {
    Map<String, Dataset<Row>> texts = new HashMap<>();
    for (String table : tables()) {
      Dataset<Row> good = Texts.file(ROWS.resolve(table + ".good.csv"));
      Dataset<Row> bad = Texts.file(ROWS.resolve(table + ".bad.csv"));
      Dataset<Row> all = good.unionByName(bad.drop("expect_reasons"), true);
      Path oddFile = ROWS.resolve(table + ".odd.csv");
      if (Files.exists(oddFile)) {
        Dataset<Row> odd = Texts.file(oddFile);
        all = all.unionByName(odd.drop("expect_findings"), true);
        found.put(
            table,
            seen(
                odd.where("expect_findings IS NOT NULL"),
                "_file",
                "_record",
                "split(expect_findings, ';')"));
      }
      texts.put(table, all);
      expected.put(table, seen(bad, "_file", "_record", "split(expect_reasons, ';')"));
    }
    JudgeSettings settings = JudgeSettings.in(ZoneId.of("America/Santiago"));
    judged = new Judge(CONTRACTS, settings).judge(texts);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void goodRowsAreAcceptedAndBadRowsRefusedForWhatTheyBreak(String table) {
    assertThat(seen(judged.get(table).quarantine(), "file", "record", "reasons"))
        .isEqualTo(expected.get(table));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void oddRowsAreAcceptedWithWhatIsOddInThem(String table) {
    Dataset<Row> odd = judged.get(table).silver().where("_file LIKE '%.odd.csv'");
    String kinds =
        "transform(split(_findings, '\n'), line -> concat_ws(' ', slice(split(line, ' '), 1, 2)))";
    assertThat(seen(odd, "_file", "_record", kinds))
        .isEqualTo(found.getOrDefault(table, List.of()));
    assertThat(
            judged
                .get(table)
                .silver()
                .where("_file LIKE '%.good.csv'")
                .select("_findings")
                .distinct()
                .collectAsList())
        .as("nothing is odd in a good row")
        .allMatch(row -> row.isNullAt(0));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyFindingOfAColumnHasAnOddRow(String table) {
    Set<String> possible = new TreeSet<>();
    for (ContractColumn column : CONTRACTS.input(table).columns()) {
      if (column.attribute()) {
        kinds(column).forEach(kind -> possible.add(column.name() + " " + kind));
      }
    }
    Set<String> shown =
        found.getOrDefault(table, List.of()).stream()
            .flatMap(row -> Arrays.stream(row.substring(row.indexOf(": ") + 2).split(";")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).containsAll(possible);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyReasonHasABadRow(String table) {
    Set<String> shown =
        expected.get(table).stream()
            .flatMap(row -> Arrays.stream(row.substring(row.indexOf(": ") + 2).split(";")))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> possible = new TreeSet<>(CONTRACTS.input(table).reasons().keySet());
    // a source says these
    possible.removeAll(Set.of("unreadable_record", "oversized_value", "failed_expression"));
    assertThat(shown).isEqualTo(possible);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void silverAndQuarantineAreAsTheirContractsSay(String table) {
    assertThat(judged.get(table).silver().schema().simpleString())
        .isEqualTo(CONTRACTS.silver(table).simpleString());
    assertThat(judged.get(table).quarantine().schema().simpleString())
        .isEqualTo(CONTRACTS.contract("quarantine").schema().simpleString());
  }

  /** What an attribute of its type can be refused for, were it none. */
  private static Set<String> kinds(ContractColumn column) {
    Set<String> kinds = new TreeSet<>();
    String kind = Reasons.kind(column);
    if (!kind.isEmpty()) {
      kinds.add("unreadable");
    }
    if (!kind.isEmpty() && !"boolean".equals(kind)) {
      kinds.add("out_of_range");
    }
    if (column.isCode()) {
      kinds.add("not_listed");
    }
    if (column.currencyFrom().isPresent()) {
      kinds.add("too_many_decimals");
    }
    if (column.nearArrival()) {
      kinds.add(Reasons.FAR_FUTURE);
    }
    return kinds;
  }

  private static List<String> seen(Dataset<Row> rows, String file, String record, String reasons) {
    return rows
        .selectExpr(
            "%s || ' ' || %s || ': ' || array_join(sort_array(%s), ';')"
                .formatted(file, record, reasons))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
