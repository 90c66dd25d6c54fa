package io.recupero.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.lake.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

  private static final Function<String, Optional<StructType>> SCHEMAS =
      table ->
          table.equals("silver.a")
              ? Optional.of(StructType.fromDDL("x INT NOT NULL"))
              : Optional.empty();

  private final SparkSession spark = TestSpark.session();
  @TempDir Path root;

  @Test
  void jobsAreOrderedByWhatTheyReadNotByHowTheyAreListed() {
    Plan plan =
        Plan.of(
            List.of(job("last", "gold.b", "gold.c", "x"), job("first", "silver.a", "gold.b", "x")));

    assertThat(plan.jobs()).extracting(Job::name).containsExactly("first", "last");
  }

  @Test
  void jobsThatWaitForEachOtherAreRefused() {
    assertThatThrownBy(() -> Plan.of(List.of(job("one", "a", "b", "x"), job("two", "b", "a", "x"))))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("[one, two]");
  }

  @Test
  void aTableHasOneWriter() {
    assertThatThrownBy(() -> Plan.of(List.of(job("one", "a", "b", "x"), job("two", "a", "b", "x"))))
        .hasMessageContaining("one and two both write b");
  }

  @Test
  void everyMisspeltColumnIsFoundBeforeAnythingIsWritten() {
    Plan plan =
        Plan.of(
            List.of(
                job("one", "silver.a", "gold.b", "xx"), job("two", "silver.a", "gold.c", "yy")));

    assertThatThrownBy(() -> plan.tryOut(spark, SCHEMAS))
        .isInstanceOfSatisfying(
            InvalidPlanException.class, e -> assertThat(e.problems()).hasSize(2))
        .hasMessageContaining("`xx`")
        .hasMessageContaining("`yy`");
  }

  @Test
  void aResultThatDiffersFromItsContractIsRefused() {
    Function<String, Optional<StructType>> schemas =
        table ->
            table.equals("gold.b")
                ? Optional.of(StructType.fromDDL("x BIGINT, z STRING"))
                : SCHEMAS.apply(table);

    assertThatThrownBy(
            () -> Plan.of(List.of(job("one", "silver.a", "gold.b", "x"))).tryOut(spark, schemas))
        .hasMessageContaining("gold.b.x is made as INT, its contract says BIGINT")
        .hasMessageContaining("gold.b.z is not made");
  }

  @Test
  void aJobRunsAgainOnlyWhenSomethingItDependsOnHasMoved() {
    Lake lake = Lake.open(spark, root);
    Plan plan =
        Plan.of(
            List.of(job("first", "silver.a", "gold.b", "x"), job("last", "gold.b", "gold.c", "x")));
    Map<String, Long> versions =
        Map.of("silver.a", lake.overwrite("silver.a", numbers(1, 2)).version());

    Outcome first = plan.run(lake, versions, Map.of(), SCHEMAS, Progress.NONE);
    Listening second = new Listening();
    Outcome again = plan.run(lake, first.versions(), first.stamps(), SCHEMAS, second);

    assertThat(first.entries()).extracting(Outcome.Entry::rows).containsExactly(2L, 2L);
    assertThat(second.heard).containsExactly("skipped first", "skipped last");
    assertThat(again.versions()).isEqualTo(first.versions());
    assertThat(again.stamps()).isEqualTo(first.stamps());
    assertThat(plan.decide(again.versions(), again.stamps())).noneMatch(Decision::runs);
    assertThat(
            new RunLog("run-1", LocalDate.EPOCH, Instant.EPOCH)
                .rows(spark, first, Map.of())
                .where("NOT skipped")
                .count())
        .isEqualTo(2);

    long moved = lake.overwrite("silver.a", numbers(3)).version();
    Map<String, Long> now = new java.util.HashMap<>(first.versions());
    now.put("silver.a", moved);
    assertThat(plan.decide(now, first.stamps()))
        .flatExtracting(Decision::reasons)
        .containsExactly(
            new Reason(Reason.Kind.INPUT_MOVED, "silver.a", "0", "1"),
            new Reason(Reason.Kind.INPUT_WILL_MOVE, "gold.b", "", ""));
  }

  @Test
  void aChangedSettingIsAReasonToRun() {
    Plan plan = Plan.of(List.of(with(Map.of("as_of", "2026-02-28"))));
    Map<String, Long> versions = Map.of("silver.a", 0L, "gold.b", 0L);
    var stamp =
        new io.recupero.lake.Release.Stamp(
            Map.of("silver.a", 0L), Map.of("gold.b", 0L), Map.of("as_of", "2026-01-31"));

    assertThat(plan.decide(versions, Map.of("one", stamp)).get(0).reasons())
        .containsExactly(
            new Reason(Reason.Kind.SETTING_CHANGED, "as_of", "2026-01-31", "2026-02-28"));
  }

  @Test
  void nothingToAddLeavesTheTableAtItsVersion() {
    Lake lake = Lake.open(spark, root);
    Plan plan = Plan.of(List.of(adding()));
    lake.overwrite("silver.a", numbers(1));
    Outcome first = plan.run(lake, Map.of("silver.a", 0L), Map.of(), SCHEMAS, Progress.NONE);

    long empty = lake.overwrite("silver.a", numbers()).version();
    Outcome second =
        plan.run(
            lake,
            Map.of("silver.a", empty, "ledger.b", 0L),
            first.stamps(),
            SCHEMAS,
            Progress.NONE);

    assertThat(second.versions()).containsEntry("ledger.b", 0L);
    assertThat(lake.version("ledger.b")).isZero();
  }

  @Test
  void aFailureNamesItsJob() {
    Lake lake = Lake.open(spark, root);
    lake.overwrite("silver.a", numbers(0));

    assertThatThrownBy(
            () ->
                Plan.of(List.of(job("divide", "silver.a", "gold.b", "1 / x AS y")))
                    .run(lake, Map.of("silver.a", 0L), Map.of(), SCHEMAS, Progress.NONE))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("divide");
  }

  @Test
  void theInputsOfTheLastRunAreReadInTheColumnsOfNow() {
    Inputs before =
        Inputs.of(Map.of("silver.a", spark.sql("SELECT 1 AS x, 'old' AS gone, 2.50BD AS y")));
    Inputs now =
        Inputs.of(
            Map.of(
                "silver.a",
                spark.sql(
                    "SELECT CAST(NULL AS STRING) AS company, CAST(2.5 AS DECIMAL(18, 4)) AS y,"
                        + " 1 AS x")));

    Dataset<Row> read = before.inColumnsOf(now).read("silver.a");

    assertThat(read.columns()).containsExactly("company", "y", "x");
    assertThat(read.exceptAll(now.read("silver.a")).count()).isZero();
    assertThat(now.read("silver.a").unionByName(read).count()).isEqualTo(2);
  }

  @Test
  void anEarlierColumnOfATypeThatNoLongerFitsIsRefusedWithTheWayToRebuild() {
    Inputs before = Inputs.of(Map.of("silver.a", spark.sql("SELECT 'one' AS x")));
    Inputs aligned = before.inColumnsOf(Inputs.of(Map.of("silver.a", numbers(1))));

    assertThatThrownBy(() -> aligned.read("silver.a"))
        .hasMessageContaining("silver.a has x as STRING, today's has it as INT")
        .satisfies(e -> assertThat(Remedy.of(e).text()).contains("--force"));
  }

  private Dataset<Row> numbers(Integer... numbers) {
    return spark.createDataset(List.of(numbers), org.apache.spark.sql.Encoders.INT()).toDF("x");
  }

  private static Job job(String name, String input, String output, String column) {
    return new Selecting(name, input, output, column, Map.of(), Job.Write.REPLACE);
  }

  private static Job with(Map<String, String> settings) {
    return new Selecting("one", "silver.a", "gold.b", "x", settings, Job.Write.REPLACE);
  }

  private static Job adding() {
    return new Selecting("one", "silver.a", "ledger.b", "x", Map.of(), Job.Write.ADD);
  }

  private record Selecting(
      String name,
      String input,
      String output,
      String column,
      Map<String, String> settings,
      Write mode)
      implements Job {

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public List<String> outputs() {
      return List.of(output);
    }

    @Override
    public Write write(String table) {
      return mode;
    }

    @Override
    public Map<String, Dataset<Row>> build(Inputs inputs) {
      return Map.of(output, inputs.read(input).selectExpr(column));
    }
  }

  private static final class Listening implements Progress {
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void skipped(String step, int number, int total) {
      heard.add("skipped " + step);
    }
  }
}
