package io.recupero.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Spark's rows as rows to print. */
final class Rows {

  private Rows() {}

  /** Returns the frame's rows, fetched as they are printed, not all at once. */
  static Table of(Dataset<Row> frame) {
    return new Table(List.of(frame.columns()), () -> new Printing(frame.toLocalIterator()));
  }

  private record Printing(Iterator<Row> rows) implements Iterator<List<Object>> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public List<Object> next() {
      Row row = rows.next();
      List<Object> values = new ArrayList<>(row.size());
      for (int i = 0; i < row.size(); i++) {
        values.add(plain(row.get(i)));
      }
      return values;
    }
  }

  /** An array is printed as its elements, whichever class Spark keeps it in. */
  private static Object plain(Object value) {
    return value instanceof scala.collection.Seq<?> array ? array.mkString(", ") : value;
  }
}
