package io.recupero.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Text files with the same columns, read as one frame: what travels from the reader to the data
 * source.
 *
 * @param columns the names that any of the files has
 * @param bytes their size together
 */
record TextSpec(List<String> columns, List<TextFile> files, List<Split> splits, long bytes) {

  static final String FILE = "_file";
  static final String RECORD = "_record";
  static final String PROBLEM = "_problem";
  static final String LINE = "_line";
  private static final long BYTES_PER_TASK = 16L << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  String write() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static TextSpec read(Map<String, String> options) {
    try {
      return MAPPER.readValue(options.get("spec"), TextSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid text specification", e);
    }
  }

  StructType schema() {
    List<StructField> fields = new ArrayList<>();
    columns.forEach(c -> fields.add(field(c)));
    fields.add(field(FILE));
    fields.add(new StructField(RECORD, DataTypes.LongType, true, Metadata.empty()));
    fields.add(field(PROBLEM));
    fields.add(field(LINE));
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** Puts splits together for tasks: many small files are not many tasks. */
  List<List<Split>> tasks() {
    long records = splits.stream().mapToLong(Split::records).sum();
    long perTask = Math.max(1, records * BYTES_PER_TASK / Math.max(bytes, BYTES_PER_TASK));
    List<List<Split>> tasks = new ArrayList<>();
    long inTask = perTask;
    for (Split split : splits) {
      if (inTask >= perTask) {
        tasks.add(new ArrayList<>());
        inTask = 0;
      }
      tasks.get(tasks.size() - 1).add(split);
      inTask += split.records();
    }
    return tasks;
  }

  private static StructField field(String name) {
    return new StructField(name, DataTypes.StringType, true, Metadata.empty());
  }
}
