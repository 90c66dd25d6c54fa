package io.recupero.plan;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;

/** What a job can tell of its last run, and of what has happened to its inputs since. */
public final class Since {

  private final Inputs before;
  private final Inputs now;
  private final Function<String, Dataset<Row>> outputs;
  private final Map<String, String> settings;
  private final Function<String, Optional<Dataset<Row>>> added;

  /**
   * @param before the inputs as they were read the last time
   * @param now the inputs as they are
   * @param outputs the tables that the job wrote
   * @param settings the job's settings of the last time
   * @param added the rows that have come to a table; empty where anything else happened to it
   */
  public Since(
      Inputs before,
      Inputs now,
      Function<String, Dataset<Row>> outputs,
      Map<String, String> settings,
      Function<String, Optional<Dataset<Row>>> added) {
    this.before = before;
    this.now = now;
    this.outputs = outputs;
    this.settings = Map.copyOf(settings);
    this.added = added;
  }

  /** Returns the inputs as they were read the last time. */
  public Inputs before() {
    return before;
  }

  /** Returns the inputs as they are. */
  public Inputs now() {
    return now;
  }

  /** Returns a table that the job wrote the last time. */
  public Dataset<Row> output(String table) {
    return outputs.apply(table);
  }

  /** Returns the job's settings of the last time. */
  public Map<String, String> settings() {
    return settings;
  }

  /**
   * Returns the rows that have come to a table since; without rows where it is as it was. Empty
   * where rows were also taken away, so that only the whole tables tell what happened.
   */
  public Optional<Dataset<Row>> added(String table) {
    return added.apply(table);
  }

  /** Returns whether rows are none, told without a job: the table was as it was. */
  public static boolean isNothing(Dataset<Row> added) {
    return added.queryExecution().analyzed() instanceof LocalRelation nothing
        && nothing.data().isEmpty();
  }

  /** Returns the same for a job that reads {@code instead} under the name {@code table}. */
  Since reading(String table, String instead) {
    return new Since(
        before.reading(table, instead),
        now.reading(table, instead),
        outputs,
        settings,
        name -> added.apply(name.equals(table) ? instead : name));
  }
}
