package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Collects the records of a customer, and tells rows of what they add up to. */
abstract class HistoryWalker implements GroupWalk.Walker {

  private final Values values;
  private final HistoryRows rows = new HistoryRows();

  HistoryWalker(StructType schema) {
    this.values = new Values(schema);
  }

  @Override
  public final void row(InternalRow row) {
    rows.take(row);
  }

  @Override
  public final void endOfGroup(Consumer<InternalRow> out) {
    walk(rows.end(), values, out);
  }

  /** Gives the rows of a customer. */
  abstract void walk(History history, Values values, Consumer<InternalRow> out);
}
