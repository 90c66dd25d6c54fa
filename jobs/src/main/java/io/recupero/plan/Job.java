package io.recupero.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One step of a run: tables made of tables.
 *
 * <p>A job is pure. It does not read the clock, open files or write: what it depends on beside its
 * inputs (the as-of date, rules) is handed to its constructor and told by {@link #settings()}.
 */
public interface Job {

  /** Returns the name that logs and releases know it by, such as {@code balance_daily}. */
  String name();

  /** Returns the names of the tables it reads; they may be absent, see {@link Inputs#present}. */
  List<String> inputs();

  /** Returns the names of the tables it writes, at least one; no other job writes them. */
  List<String> outputs();

  /**
   * Returns what decides the result beside the inputs: settings such as {@code as_of}, and a hash
   * for each rule file, card or contract. The job runs again when one of them changes.
   */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** Returns how the frame built for an output reaches its table; the whole table by default. */
  default Write write(String output) {
    return Write.REPLACE;
  }

  /** Returns a frame for each output. Only the plan computes them. */
  Map<String, Dataset<Row>> build(Inputs inputs);

  /**
   * Returns rows which, added to the outputs of the last run, make them say what {@link #build}
   * would: the cost of a night is then that of the night's changes. Empty, as by default, where the
   * job has no such rows or cannot tell them from what happened: it is then built whole.
   */
  default Optional<Map<String, Dataset<Row>>> additions(Since since) {
    return Optional.empty();
  }

  /**
   * Returns whether the job keeps a diary: its rows tell what happened between two runs, and inputs
   * that appear are news as well. From scratch it has nothing to tell.
   */
  default boolean isDiary() {
    return false;
  }

  /** How a frame reaches its table. */
  enum Write {
    /** The frame is the whole table. */
    REPLACE,
    /** The frame's rows are added; where there is none, the table keeps its version. */
    ADD
  }
}
