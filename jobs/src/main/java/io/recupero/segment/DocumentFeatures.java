package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What is known of each open document at each of a list of dates, and of how its customer has paid
 * those before it: what {@link CustomerFeatures} say of a customer, this says of a document.
 *
 * <p>Grain: one row a customer, date and document with a balance at the close of that day. Nothing
 * after the date and nothing learned after its knowledge time reaches a row.
 */
public final class DocumentFeatures {

  private final List<AsOf> dates;
  private final ZoneId zone;

  private DocumentFeatures(List<AsOf> dates, ZoneId zone) {
    this.dates = List.copyOf(dates);
    this.zone = zone;
  }

  /** Returns the features of these dates, as {@link CustomerFeatures#at}. */
  public static DocumentFeatures at(List<AsOf> dates, ZoneId zone) {
    return new DocumentFeatures(dates, zone);
  }

  /**
   * Returns the columns: keys first, then the features, each of which has a card in {@code
   * schemas/features/document_features.yaml}.
   */
  public static StructType schema() {
    return StructType.fromDDL(
        "customer_id STRING, as_of DATE, invoice_id STRING, document_currency STRING,"
            + " issue_date DATE, due_date DATE, document_open_amount DECIMAL(38, 4),"
            + " document_type STRING, document_debt_type STRING, document_amount DECIMAL(38, 4),"
            + " days_to_due INT, term_days INT, document_paid_share DOUBLE,"
            + " amount_of_usual DOUBLE, due_day_of_month INT, due_weekday STRING,"
            + " is_disputed BOOLEAN, promised_on DATE, due_documents BIGINT,"
            + " late_share DOUBLE, late_share_recent DOUBLE, days_late_recent DOUBLE,"
            + " days_late_last INT");
  }

  /** Returns a row a customer, date and open document; the frame is not computed yet. */
  public Dataset<Row> of(FeatureInputs inputs) {
    StructType schema = schema();
    Presence has = Presence.of(inputs);
    List<AsOf> at = dates;
    ZoneId in = zone;
    return GroupWalk.over(
        FeatureFrames.of(inputs), schema, () -> new DocumentWalker(at, in, has, schema));
  }
}
