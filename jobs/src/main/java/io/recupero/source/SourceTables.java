package io.recupero.source;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch holds, by canonical table.
 *
 * @param frames a text frame for each table that has a file, even one without records; a table
 *     without file is missing
 * @param findings what a mapping finds odd in records it takes: finding, text_es, text_en, then
 *     _batch, _file, _record, _arrived_at, _raw; null when it looks for nothing
 * @param warnings what is odd but does not stop the reading (columns that are not used), in
 *     English, one text each
 */
public record SourceTables(
    Map<String, Dataset<Row>> frames, Dataset<Row> findings, List<String> warnings) {}
