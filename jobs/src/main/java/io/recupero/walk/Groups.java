package io.recupero.walk;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of a partition, sorted by the hash of their group, as groups.
 *
 * <p>Where two groups have one hash, the rows of the second are put by until the first has ended.
 */
final class Groups {

  private final Iterator<InternalRow> rows;
  private final int hashColumn;
  private final List<InternalRow> putBy = new ArrayList<>(0);
  private InternalRow ahead;
  private UTF8String group;
  private long hash;

  Groups(Iterator<InternalRow> rows, int hashColumn) {
    this.rows = rows;
    this.hashColumn = hashColumn;
  }

  /** Hands the rows of the next group to a walker; returns false where none is left. */
  boolean next(GroupWalk.Walker walker) {
    if (!putBy.isEmpty()) {
      List<InternalRow> others = List.copyOf(putBy);
      putBy.clear();
      begin(others.get(0));
      others.forEach(row -> take(row, walker));
      return true;
    }
    InternalRow first = ahead != null ? ahead : rows.hasNext() ? rows.next() : null;
    if (first == null) {
      return false;
    }
    ahead = null;
    begin(first);
    take(first, walker);
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      if (row.getLong(hashColumn) != hash) {
        ahead = row;
        break;
      }
      take(row, walker);
    }
    return true;
  }

  private void begin(InternalRow row) {
    group = row.getUTF8String(0).clone();
    hash = row.getLong(hashColumn);
  }

  private void take(InternalRow row, GroupWalk.Walker walker) {
    if (row.getUTF8String(0).equals(group)) {
      walker.row(row);
    } else {
      putBy.add(row.copy());
    }
  }
}
