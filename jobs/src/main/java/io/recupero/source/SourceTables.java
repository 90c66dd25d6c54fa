package io.recupero.source;

import io.recupero.contract.AsDeclared;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch holds, by canonical table.
 *
 * @param frames a text frame for each table that has a file, even one without records; a table
 *     without file is missing. A frame may have {@code _findings}: what is odd in a record, a line
 *     each, of column, kind and what is written, as in {@code amount rounded 12.345}
 * @param findings what a mapping finds odd in records it takes: finding, text_es, text_en, then
 *     _batch, _file, _record, _arrived_at, _raw; null when it looks for nothing
 * @param found what is odd in the form of the files
 * @param warnings what is odd but does not stop the reading (columns that are not used), in
 *     English, one text each
 */
public record SourceTables(
    Map<String, Dataset<Row>> frames,
    Dataset<Row> findings,
    List<Found> found,
    List<String> warnings) {

  /**
   * Puts text frames of one table together. What only one of them carries typed is left to the text
   * of both.
   */
  public static Dataset<Row> union(Dataset<Row> one, Dataset<Row> other) {
    return with(other.columns(), one).unionByName(with(one.columns(), other));
  }

  private static Dataset<Row> with(String[] columns, Dataset<Row> frame) {
    List<String> wanted = List.of(columns);
    String[] dropped =
        Arrays.stream(frame.columns())
            .filter(AsDeclared::is)
            .filter(name -> !wanted.contains(name))
            .toArray(String[]::new);
    return frame.drop(dropped);
  }
}
