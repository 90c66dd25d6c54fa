package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What became of the documents that were open at a date: what models are trained on, and judged by.
 *
 * <p>A document is there if it was open at the close of the as-of day <em>as it was known
 * then</em>: the same clock as that of features. What became of it is told by all that was known at
 * the outcomes' own knowledge time, up to their last day. A window that is not over on that day
 * gives null, never 0 or false, and does so for those that have already paid too: else only the
 * quick ones of the latest dates would count.
 */
public final class Outcomes {

  /** The windows, in days after the as-of day. */
  static final int[] WINDOWS = {30, 60, 90};

  /** The longest of the windows. */
  static final int LONGEST = 90;

  private final List<AsOf> dates;
  private final LocalDate lastDay;
  private final Instant known;

  private Outcomes(List<AsOf> dates, LocalDate lastDay, Instant known) {
    this.dates = List.copyOf(dates);
    this.lastDay = lastDay;
    this.known = known;
  }

  /**
   * Returns the outcomes of what was open at these dates.
   *
   * @param lastDay the last day of which everything is on record: a release's as-of date
   * @param known the knowledge time of outcomes; what was learned after it does not count
   */
  public static Outcomes after(List<AsOf> dates, LocalDate lastDay, Instant known) {
    return new Outcomes(dates, lastDay, known);
  }

  /**
   * Returns the columns: {@code customer_id}, {@code as_of}, {@code invoice_id} (a document:
   * invoice, debit note or instalment), {@code currency}, {@code due_date}, all as known at the
   * date, and
   *
   * <ul>
   *   <li>{@code open_amount}: balance at the close of the as-of day; never null, never 0.
   *   <li>{@code ended_by}: {@code paid}, {@code credited}, {@code written_off}, {@code
   *       restructured}, or {@code open}, as seen from the last day; by the kind of the event that
   *       last brought the balance to zero, as in days to recover.
   *   <li>{@code days_seen}: days from the due date to that end, of an open one to the last day:
   *       with {@code ended_by} all that a survival model needs. Negative where before it was due.
   *   <li>{@code days_late}: days from the due date to the day the last money came (paid_on); null
   *       unless it ended by payment. Its mean over those that have paid is too low: use {@code
   *       days_late_90}, or a survival model.
   *   <li>{@code days_late_90}: the same, where what is not paid 90 days after the as-of day counts
   *       up to then. Null where that day is yet to come, where it ended otherwise by then, or
   *       where it was neither paid nor due by then.
   *   <li>{@code paid_30}, {@code paid_60}, {@code paid_90}: whether it had ended by payment at the
   *       close of so many days after the as-of day; ended otherwise is false. Null where that day
   *       is yet to come.
   *   <li>{@code recovered_30_amount} and so on: cash on it by then that was not known at the date,
   *       net of reversals, at most the open amount, without a floor. Null likewise.
   * </ul>
   */
  public static StructType schema() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "customer_id STRING",
                "as_of DATE",
                "invoice_id STRING",
                "currency STRING",
                "due_date DATE",
                "open_amount DECIMAL(38, 4)",
                "ended_by STRING",
                "days_seen INT",
                "days_late INT",
                "days_late_90 INT"));
    for (int window : WINDOWS) {
      columns.add("paid_" + window + " BOOLEAN");
    }
    for (int window : WINDOWS) {
      columns.add("recovered_" + window + "_amount DECIMAL(38, 4)");
    }
    return StructType.fromDDL(String.join(", ", columns));
  }

  /** Returns a row a customer, date and document that was open; the frame is not computed yet. */
  public Dataset<Row> of(FeatureInputs inputs) {
    StructType schema = schema();
    List<AsOf> at = dates;
    int last = (int) lastDay.toEpochDay();
    long until = ChronoUnit.MICROS.between(Instant.EPOCH, known);
    return GroupWalk.over(
        FeatureFrames.of(debtsOnly(inputs)),
        schema,
        () -> new OutcomeWalker(at, last, until, schema));
  }

  /** Contacts, promises and the like need not travel. */
  static FeatureInputs debtsOnly(FeatureInputs inputs) {
    return new FeatureInputs(
        inputs.events(),
        inputs.invoices(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
