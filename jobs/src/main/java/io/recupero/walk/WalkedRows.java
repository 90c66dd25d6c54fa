package io.recupero.walk;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/** Rows out of rows in, group by group, without holding more than one group's output. */
final class WalkedRows implements Iterator<InternalRow> {

  private final Groups groups;
  private final GroupWalk.Walker walker;
  private final ArrayDeque<InternalRow> ready = new ArrayDeque<>();
  private Iterator<InternalRow> collected = Collections.emptyIterator();
  private boolean ended;

  WalkedRows(Groups groups, GroupWalk.Walker walker) {
    this.groups = groups;
    this.walker = walker;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !collected.hasNext()) {
      if (ended) {
        return false;
      }
      // what it came from must not stay beside the next group
      collected = Collections.emptyIterator();
      if (groups.next(walker)) {
        walker.endOfGroup(ready::add);
      } else {
        ended = true;
      }
      collected = walker.collected(ended);
    }
    return true;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.isEmpty() ? collected.next() : ready.poll();
  }
}
