package io.recupero.plan;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
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
    return declared(table).frame().get();
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

  /**
   * Returns these tables of an earlier version in the columns that they have now: a column that has
   * come is null, one that has gone is left out. A table fails when it is read where a column of
   * its had a type that today's cannot hold.
   */
  Inputs inColumnsOf(Inputs now) {
    Map<String, Table> aligned = new HashMap<>(tables);
    aligned.replaceAll(
        (name, table) ->
            new Table(
                () -> inColumnsOf(name, table.frame().get(), now.read(name).schema()),
                table.present()));
    return new Inputs(job, aligned, dry, shared);
  }

  private static Dataset<Row> inColumnsOf(String table, Dataset<Row> before, StructType now) {
    Map<String, DataType> types = new HashMap<>();
    for (StructField field : before.schema().fields()) {
      types.put(field.name(), field.dataType());
    }
    List<Column> columns = new ArrayList<>();
    for (StructField field : now.fields()) {
      DataType type = types.getOrDefault(field.name(), DataTypes.NullType);
      if (!Cast.canUpCast(type, field.dataType())) {
        throw new IllegalStateException(
            "The earlier version of %s has %s as %s, today's has it as %s."
                .formatted(table, field.name(), type.sql(), field.dataType().sql()));
      }
      Column column = types.containsKey(field.name()) ? before.col(field.name()) : lit(null);
      columns.add(column.cast(field.dataType()).as(field.name()));
    }
    return before.select(columns.toArray(Column[]::new));
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

  record Table(Supplier<Dataset<Row>> frame, boolean present) {

    Table(Dataset<Row> frame, boolean present) {
      this(() -> frame, present);
    }
  }
}
