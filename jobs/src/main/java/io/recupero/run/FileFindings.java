package io.recupero.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.recupero.contract.Contracts;
import io.recupero.lake.Lake;
import io.recupero.source.Batch;
import io.recupero.source.SourceTables;
import io.recupero.summary.FindingsJob;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Keeps what reading and mappings find odd in files: {@value FindingsJob#OF_FILES}. */
final class FileFindings {

  private final Lake lake;
  private final StructType schema;

  FileFindings(Lake lake, Contracts contracts) {
    this.lake = lake;
    this.schema = contracts.contract(FindingsJob.OF_FILES).schema();
  }

  /**
   * Adds what was found in a batch's files, but for what was found in the same content before.
   *
   * @param versions the tables to read; receives the version written
   */
  void add(SourceTables source, Batch batch, Map<String, Long> versions) {
    if (source.findings() == null && source.found().isEmpty()) {
      return;
    }
    Dataset<Row> all = ofFiles(source, batch);
    if (source.findings() != null) {
      all = all.unionByName(ofMapping(source.findings()));
    }
    Long version = versions.get(FindingsJob.OF_FILES);
    if (version != null) {
      Dataset<Row> known = lake.read(FindingsJob.OF_FILES, version).select("kind", "content");
      all =
          all.join(
              known.distinct(),
              scala.jdk.javaapi.CollectionConverters.asScala(List.of("kind", "content")).toSeq(),
              "left_anti");
    }
    Dataset<Row> rows =
        all.select(
            List.of(schema.fieldNames()).stream()
                .map(name -> col(name))
                .toArray(org.apache.spark.sql.Column[]::new));
    versions.put(
        FindingsJob.OF_FILES, lake.append(FindingsJob.OF_FILES, rows.coalesce(1)).version());
  }

  private Dataset<Row> ofFiles(SourceTables source, Batch batch) {
    List<Row> rows =
        source.found().stream()
            .map(
                found ->
                    RowFactory.create(
                        "reading",
                        found.table(),
                        found.column(),
                        found.kind(),
                        found.records(),
                        found.file(),
                        null,
                        null,
                        found.value(),
                        null,
                        null,
                        batch.id(),
                        (long) Objects.hash(found)))
            .toList();
    return lake.spark().createDataFrame(rows, schema);
  }

  private static Dataset<Row> ofMapping(Dataset<Row> findings) {
    Dataset<Row> rows =
        findings.selectExpr(
            "'mapping' AS stage",
            "CAST(NULL AS STRING) AS table",
            "CAST(NULL AS STRING) AS column",
            "finding AS kind",
            "1L AS records",
            "_file AS file",
            "_record AS record",
            "CAST(NULL AS STRING) AS key",
            "CAST(NULL AS STRING) AS value",
            "text_es",
            "text_en",
            "_batch AS batch",
            "_raw");
    return rows.withColumn("content", xxhash64(lit("mapping"), col("_raw"))).drop("_raw");
  }
}
