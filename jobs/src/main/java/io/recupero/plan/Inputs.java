package io.recupero.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The tables that a job may read, and nothing else. */
public final class Inputs {

  private final String job;
  private final Map<String, Table> tables;
  private final boolean dry;
  private final List<Dataset<Row>> shared;

  Inputs(String job, Map<String, Table> tables, boolean dry) {
    this(job, tables, dry, new ArrayList<>());
  }

  private Inputs(String job, Map<String, Table> tables, boolean dry, List<Dataset<Row>> shared) {
    this.job = job;
    this.tables = Map.copyOf(tables);
    this.dry = dry;
    this.shared = shared;
  }

  /**
   * Returns inputs for a job built by hand, as tests and notebooks do; every table counts as
   * present, and nothing shared is kept in memory.
   */
  public static Inputs of(Map<String, Dataset<Row>> frames) {
    Map<String, Table> tables = new HashMap<>();
    frames.forEach((name, frame) -> tables.put(name, new Table(frame, true)));
    return new Inputs("a job built by hand", tables, true);
  }

  /**
   * Returns a table; one without rows where nothing has ever written it.
   *
   * @throws IllegalArgumentException where the job does not declare the table
   */
  public Dataset<Row> read(String table) {
    return declared(table).frame();
  }

  /**
   * Returns whether the table exists. What is missing makes the figures that need it null; what is
   * there and empty makes them zero.
   */
  public boolean present(String table) {
    return declared(table).present();
  }

  /** Returns a table; nothing where none has ever been written: see {@link #present}. */
  public Optional<Dataset<Row>> find(String table) {
    return present(table) ? Optional.of(read(table)) : Optional.empty();
  }

  /** Returns the frame, computed once however many outputs are made of it. */
  public Dataset<Row> shared(Dataset<Row> frame) {
    if (dry) {
      return frame;
    }
    Dataset<Row> kept = frame.persist(StorageLevel.MEMORY_AND_DISK());
    shared.add(kept);
    return kept;
  }

  /** Returns the same inputs for a job that reads {@code instead} under the name {@code table}. */
  Inputs reading(String table, String instead) {
    Map<String, Table> renamed = new HashMap<>(tables);
    renamed.put(table, renamed.remove(instead));
    return new Inputs(job, renamed, dry, shared);
  }

  /** Forgets what was shared, once the outputs are written. */
  void release() {
    shared.forEach(Dataset::unpersist);
  }

  private Table declared(String table) {
    Table found = tables.get(table);
    if (found == null) {
      throw new IllegalArgumentException(
          "Cannot read "
              + table
              + " in the job "
              + job
              + ": it declares only "
              + tables.keySet().stream().sorted().toList()
              + ". Add the table to its inputs().");
    }
    return found;
  }

  record Table(Dataset<Row> frame, boolean present) {}
}
