package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.recupero.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Makes text frames as a source hands them over. */
final class Texts {

  static final Instant ARRIVED = Instant.parse("2026-05-01T12:00:00Z");

  private Texts() {}

  /**
   * Returns rows as they arrived in one file; values are separated by bars, the first row names.
   */
  static Dataset<Row> of(String... lines) {
    return arrived(ARRIVED, lines);
  }

  static Dataset<Row> arrived(Instant at, String... lines) {
    StructType schema = new StructType();
    for (String name : lines[0].split("\\|")) {
      schema = schema.add(name.strip(), "string");
    }
    List<Row> rows = new ArrayList<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      Object[] values = new Object[schema.size()];
      String[] written = line.split("\\|", -1);
      for (int i = 0; i < written.length; i++) {
        values[i] = written[i].isBlank() ? null : written[i].strip();
      }
      rows.add(RowFactory.create(values));
    }
    return withLineage(TestSpark.session().createDataFrame(rows, schema).coalesce(1), "table", at);
  }

  static Dataset<Row> file(Path file) {
    Dataset<Row> rows =
        TestSpark.session()
            .read()
            .option("header", true)
            .option("multiLine", true)
            .option("escape", "\"")
            .csv(file.toString());
    return withLineage(rows.coalesce(1), file.getFileName().toString(), ARRIVED);
  }

  private static Dataset<Row> withLineage(Dataset<Row> rows, String file, Instant at) {
    Column[] all = Arrays.stream(rows.columns()).map(Typed::quoted).toArray(Column[]::new);
    return rows.withColumn("_raw", to_json(struct(all)))
        .withColumn("_batch", lit(at.toString()))
        .withColumn("_file", lit(file))
        .withColumn("_record", monotonically_increasing_id().plus(lit(1L)))
        .withColumn("_arrived_at", lit(at))
        .withColumn("_problem", lit(null).cast("string"));
  }

  /** Returns {@code records} as one sees them: the columns given, in the order of the records. */
  static List<String> seen(Dataset<Row> records, String... columns) {
    return records.selectExpr(columns).collectAsList().stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }

  static List<String> quarantined(Judged judged) {
    Dataset<Row> rows = judged.quarantine().orderBy(col("record"));
    return rows
        .selectExpr("key || ': ' || array_join(sort_array(reasons), ' ')")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
