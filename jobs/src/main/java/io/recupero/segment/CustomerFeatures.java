package io.recupero.segment;

import io.recupero.contract.Contracts;
import io.recupero.walk.GroupWalk;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How customers pay: all features of every customer at each of a list of dates, in one shuffle.
 *
 * <p>Grain: one row a customer and as-of date, of customers that were there (a row of their own, a
 * document or a payment). Nothing after the date and nothing learned after its knowledge time
 * reaches a row. Amounts, and what is weighted by them, are of the documents in the customer's main
 * currency, which the row names; counts and days are of all documents. A feature whose table the
 * source lacks is null; each card says what else null means.
 */
public final class CustomerFeatures {

  /** The table, and the contract that describes it. */
  public static final String TABLE = "gold.customer_features";

  /** The column that tells rows of customers who were not there yet, where they are marked. */
  static final String NEWCOMER = "newcomer";

  private final List<AsOf> dates;
  private final ZoneId zone;
  private final Newcomers newcomers;

  private CustomerFeatures(List<AsOf> dates, ZoneId zone, Newcomers newcomers) {
    this.dates = List.copyOf(dates);
    this.zone = zone;
    this.newcomers = newcomers;
  }

  /**
   * Returns the features of these dates.
   *
   * @param zone the creditor's time zone, in which a contact's day is told
   */
  public static CustomerFeatures at(List<AsOf> dates, ZoneId zone) {
    return new CustomerFeatures(dates, zone, Newcomers.LEFT_OUT);
  }

  /**
   * Returns the same, but with a row at every date also for customers that come later: without
   * history, with the attributes they begin with. Segments need them, because a customer's first
   * month follows a close at which it was not there.
   */
  public CustomerFeatures withNewcomers() {
    return new CustomerFeatures(dates, zone, Newcomers.WITH);
  }

  /** Returns the same with {@value #NEWCOMER} BOOLEAN: whether the customer comes later. */
  CustomerFeatures withNewcomersMarked() {
    return new CustomerFeatures(dates, zone, Newcomers.MARKED);
  }

  /** What becomes of customers that come later. */
  enum Newcomers {
    LEFT_OUT,
    WITH,
    MARKED
  }

  /** Returns the columns, as the contract {@code gold.customer_features} has them. */
  public static StructType schema() {
    return Contracts.load().contract(TABLE).schema();
  }

  /** Returns a row a customer and date; the frame is not computed yet. */
  public Dataset<Row> of(FeatureInputs inputs) {
    StructType schema =
        newcomers == Newcomers.MARKED ? schema().add(NEWCOMER, DataTypes.BooleanType) : schema();
    Presence has = Presence.of(inputs);
    List<AsOf> at = dates;
    ZoneId in = zone;
    Newcomers all = newcomers;
    return GroupWalk.over(
        FeatureFrames.of(inputs), schema, () -> new FeatureWalker(at, in, has, all, schema));
  }
}
