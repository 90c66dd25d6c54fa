package io.recupero.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** What one task reads, and the reading of it. */
record TextPartition(List<TextFile> files, List<Split> splits) implements InputPartition {

  /** Keeps of the files only those that this task reads: a table may have thousands. */
  static TextPartition of(TextSpec spec, List<Split> splits) {
    List<Integer> used =
        new ArrayList<>(new LinkedHashSet<>(splits.stream().map(Split::file).toList()));
    return new TextPartition(
        used.stream().map(f -> spec.files().get(f)).toList(),
        splits.stream()
            .map(s -> new Split(used.indexOf(s.file()), s.start(), s.firstRecord(), s.records()))
            .toList());
  }

  record Factory(StructType required) implements PartitionReaderFactory {

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new Reader((TextPartition) partition, required.fieldNames());
    }
  }

  private static final class Reader implements PartitionReader<InternalRow> {

    private final TextPartition partition;
    private final String[] names;
    private int next;
    private TextFile file;
    private RecordCursor cursor;
    private UTF8String fileName;
    private int[] columns;
    private long record;
    private long left;

    Reader(TextPartition partition, String[] names) {
      this.partition = partition;
      this.names = names;
    }

    @Override
    public boolean next() throws IOException {
      while (left == 0) {
        if (next == partition.splits().size()) {
          return false;
        }
        open(partition.splits().get(next++));
      }
      if (!cursor.next()) {
        throw new IOException(
            "Cannot read "
                + fileName
                + ": it ended before record "
                + (record + 1)
                + ". It was changed while it was read; take it in again.");
      }
      record++;
      left--;
      return true;
    }

    private void open(Split split) throws IOException {
      close();
      file = partition.files().get(split.file());
      cursor = file.open(split.start());
      fileName = UTF8String.fromString(file.name());
      record = split.firstRecord() - 1;
      left = split.records();
      columns = new int[names.length];
      for (int i = 0; i < names.length; i++) {
        columns[i] = file.names().indexOf(names[i]);
      }
    }

    @Override
    public InternalRow get() {
      Object[] values = new Object[names.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = columns[i] >= 0 ? cursor.value(columns[i]) : lineage(names[i]);
      }
      return new GenericInternalRow(values);
    }

    private Object lineage(String name) {
      return switch (name) {
        case TextSpec.FILE -> fileName;
        case TextSpec.RECORD -> record;
        case TextSpec.PROBLEM ->
            cursor.problem() == null ? null : UTF8String.fromString(cursor.problem());
        case TextSpec.LINE -> cursor.problem() == null ? null : refused();
        default -> null;
      };
    }

    private UTF8String refused() {
      if (cursor.oversized() < 0) {
        return cursor.line();
      }
      List<String> names = file.columns();
      return UTF8String.concat(
          UTF8String.fromString(
              (cursor.oversized() < names.size()
                  ? names.get(cursor.oversized()) + " has more than 1 MiB: "
                  : "the record has more than 16 MiB: ")),
          cursor.line());
    }

    @Override
    public void close() throws IOException {
      if (cursor != null) {
        cursor.close();
        cursor = null;
      }
    }
  }
}
