package io.recupero.segment;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Between Spark's rows and the features: records of a customer in, a row for each date out. */
final class FeatureWalker extends HistoryWalker {

  private final List<AsOf> dates;
  private final ZoneId zone;
  private final Presence has;
  private final CustomerFeatures.Newcomers newcomers;

  FeatureWalker(
      List<AsOf> dates,
      ZoneId zone,
      Presence has,
      CustomerFeatures.Newcomers newcomers,
      StructType schema) {
    super(schema);
    this.dates = dates;
    this.zone = zone;
    this.has = has;
    this.newcomers = newcomers;
  }

  @Override
  void walk(History history, Values values, Consumer<InternalRow> out) {
    boolean all = newcomers != CustomerFeatures.Newcomers.LEFT_OUT;
    for (AsOf date : dates) {
      Snapshot customer = new Snapshot(history, date, zone, has, all);
      boolean exists = customer.exists();
      if (all || exists) {
        values.text("customer_id", history.customerId);
        values.day("as_of", customer.day);
        values.text("currency", customer.currency);
        if (newcomers == CustomerFeatures.Newcomers.MARKED) {
          values.truth(CustomerFeatures.NEWCOMER, !exists);
        }
        FeatureGroup.ALL.forEach(group -> group.compute(customer, values));
        out.accept(values.end());
      }
    }
  }
}
