package io.recupero.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Builds jobs on tables without rows, and compares what they make with what is declared. */
final class DryBuild {

  private final SparkSession spark;
  private final Function<String, Optional<StructType>> schemas;
  private final Map<String, StructType> built = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  DryBuild(SparkSession spark, Function<String, Optional<StructType>> schemas) {
    this.spark = spark;
    this.schemas = schemas;
  }

  void run(List<Job> jobs) {
    jobs.forEach(this::build);
    InvalidPlanException.throwIfAny(problems);
  }

  private void build(Job job) {
    Map<String, Inputs.Table> tables = new HashMap<>();
    for (String input : job.inputs()) {
      Optional<StructType> schema = schema(input);
      if (schema.isEmpty()) {
        problems.add(
            "Cannot build the job "
                + job.name()
                + ": nothing writes or declares its input "
                + input
                + ". Correct the name, or add schemas/contracts/"
                + input
                + ".yaml.");
        return;
      }
      tables.put(input, new Inputs.Table(empty(schema.get()), true));
    }
    try {
      Map<String, Dataset<Row>> frames = job.build(new Inputs(job.name(), tables, true));
      job.outputs().forEach(output -> check(job, output, frames.get(output)));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      problems.add(new JobFailedException(job.name(), e).getMessage());
    }
  }

  private void check(Job job, String output, Dataset<Row> frame) {
    if (frame == null) {
      problems.add(
          "Cannot build the job " + job.name() + ": it makes no frame for " + output + ".");
      return;
    }
    built.put(output, frame.schema());
    schemas
        .apply(output)
        .ifPresent(declared -> compare(job, output, columns(declared), columns(frame.schema())));
  }

  private void compare(
      Job job, String output, Map<String, String> declared, Map<String, String> made) {
    declared.forEach(
        (column, type) -> {
          String found = made.get(column);
          if (!type.equals(found)) {
            problems.add(
                mismatch(job, output, column)
                    + (found == null ? " is not made" : " is made as " + found)
                    + ", its contract says "
                    + type
                    + ". Mend the job or the contract.");
          }
        });
    made.keySet().stream()
        .filter(column -> !declared.containsKey(column))
        .forEach(
            column ->
                problems.add(
                    mismatch(job, output, column)
                        + " is not in its contract. Add it to schemas/contracts/"
                        + output
                        + ".yaml, or drop it."));
  }

  private static String mismatch(Job job, String output, String column) {
    return "Invalid output of the job " + job.name() + ": " + output + "." + column;
  }

  private Optional<StructType> schema(String table) {
    return schemas.apply(table).or(() -> Optional.ofNullable(built.get(table)));
  }

  private Dataset<Row> empty(StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }

  private static Map<String, String> columns(StructType schema) {
    Map<String, String> columns = new java.util.LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      columns.put(field.name(), field.dataType().sql());
    }
    return columns;
  }
}
