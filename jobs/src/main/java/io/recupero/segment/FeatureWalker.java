package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Between Spark's rows and the features: records of a customer in, a row for each date out. */
final class FeatureWalker implements GroupWalk.Walker {

  private final List<AsOf> dates;
  private final ZoneId zone;
  private final Presence has;
  private final boolean newcomers;
  private final Values values;
  private final HistoryRows rows = new HistoryRows();

  FeatureWalker(List<AsOf> dates, ZoneId zone, Presence has, boolean newcomers, StructType schema) {
    this.dates = dates;
    this.zone = zone;
    this.has = has;
    this.newcomers = newcomers;
    this.values = new Values(schema);
  }

  @Override
  public void row(InternalRow row) {
    rows.take(row);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    History history = rows.end();
    for (AsOf date : dates) {
      Snapshot customer = new Snapshot(history, date, zone, has, newcomers);
      if (newcomers || customer.exists()) {
        values.text("customer_id", history.customerId);
        values.day("as_of", customer.day);
        values.text("currency", customer.currency);
        FeatureGroup.ALL.forEach(group -> group.compute(customer, values));
        out.accept(values.end());
      }
    }
  }
}
