package io.recupero.contract;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Reads records once more as they arrived: only the few that are looked at closely. */
final class RawRecords {

  private static final List<String> PLACE = List.of(Lineage.BATCH, Lineage.FILE, Lineage.RECORD);
  private static final int FEW = 500_000;

  private RawRecords() {}

  /** Returns the records with their {@link Lineage#RAW} out of the text that they are from. */
  static Dataset<Row> add(Dataset<Row> records, Dataset<Row> text) {
    Column hash = Hashes.hash(PLACE.stream().map(Typed::quoted).toArray(Column[]::new));
    List<Long> places = records.select(hash).as(Encoders.LONG()).collectAsList();
    if (places.isEmpty()) {
      return records;
    }
    Hashes wanted =
        Hashes.of(records.sparkSession(), places.stream().mapToLong(Long::longValue).toArray());
    // chosen before it is written as JSON: a join alone would come after
    Dataset<Row> raw =
        text.where(wanted.has(hash))
            .select(
                Stream.concat(PLACE.stream(), Stream.of(Lineage.RAW))
                    .map(name -> col(name))
                    .toArray(Column[]::new));
    return records
        .drop(Lineage.RAW)
        .join(
            places.size() <= FEW ? broadcast(raw) : raw,
            CollectionConverters.asScala(PLACE).toSeq(),
            "left");
  }
}
