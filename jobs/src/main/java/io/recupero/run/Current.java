package io.recupero.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** The versions of records that stand. */
final class Current {

  private Current() {}

  /** Returns of each key the version that was learned last. */
  static Dataset<Row> of(Dataset<Row> silver, String... key) {
    WindowSpec versions =
        Window.partitionBy(Arrays.stream(key).map(name -> col(name)).toArray(Column[]::new))
            .orderBy(
                col("known_at").desc(),
                col("_batch").desc(),
                col("_file").desc(),
                col("_record").desc());
    return silver
        .withColumn("_version", row_number().over(versions))
        .where("_version = 1")
        .drop("_version");
  }
}
