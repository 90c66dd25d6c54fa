package io.recupero.mart;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.time.Period;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which part of the inputs says what is new in the marts.
 *
 * <p>Customers of whom anything changed are taken whole, as they were and as they are. Of the
 * others, only what time alone changes: receivables that are open, or that ended so lately that a
 * month's figures still hold them.
 */
final class MartChanges {

  /** The longest that a receivable's date is felt after it ended: billing of the last 90 days. */
  private static final int BILLING_DAYS = 90;

  /** An instalment is judged so many days after it is due, which may be in the next month. */
  private static final int GRACE_OF_INSTALMENTS = 3;

  private static final String CUSTOMER = "customer_id";
  private static final String INVOICE = "invoice_id";

  private final MartInputs before;
  private final MartInputs now;
  private final Dataset<Row> changed;
  private final LocalDate last;
  private final UnaryOperator<Dataset<Row>> keep;

  /**
   * @param changed customer ids of whom a record changed
   * @param last the day up to which the marts say everything
   * @param until the day up to which they shall
   * @param keep keeps a small frame that several others are made of
   */
  MartChanges(
      MartInputs before,
      MartInputs now,
      Dataset<Row> changed,
      LocalDate last,
      LocalDate until,
      UnaryOperator<Dataset<Row>> keep) {
    this.before = before;
    this.now = now;
    this.last = last;
    this.keep = keep;
    Column passed = col("day").gt(lit(last)).and(col("day").leq(lit(until)));
    // What was dated ahead counts from its day on, as if it came then.
    this.changed =
        keep.apply(
            changed
                .select(CUSTOMER)
                .unionByName(
                    now.ledger()
                        .withColumn("day", col("effective_on"))
                        .where(passed)
                        .select(CUSTOMER))
                .unionByName(
                    now.attributes()
                        .withColumn("day", col("valid_from"))
                        .where(passed)
                        .select(CUSTOMER))
                .distinct());
  }

  MartInputs taken() {
    return only(before, "left_semi");
  }

  MartInputs given() {
    return only(now, "left_semi");
  }

  /**
   * Returns what time alone changes, of customers of whom nothing else did: receivables that are
   * alive, and all those of customers that are being worked on.
   *
   * @param reach how long a receivable that ended is felt, at least to the month's beginning
   */
  MartInputs standing(Period reach) {
    LocalDate month = last.withDayOfMonth(1);
    LocalDate felt = last.minus(reach).isBefore(month) ? last.minus(reach) : month;
    Dataset<Row> moving =
        now.ledger()
            .where(col(INVOICE).isNotNull())
            .groupBy(INVOICE)
            .agg(
                sum("amount").as("left"),
                max("effective_on").as("moved_on"),
                max(col("kind").equalTo("write_off")).as("lost"))
            .where(col("left").notEqual(lit(0)).or(col("moved_on").geq(lit(felt))).or(col("lost")))
            .select(INVOICE);
    Dataset<Row> dated =
        now.invoices()
            .where(
                col("due_date")
                    .geq(lit(month.minusDays(GRACE_OF_INSTALMENTS)))
                    .or(col("issue_date").geq(lit(last.minusDays(BILLING_DAYS))))
                    .or(col("discount_until").geq(lit(month))))
            .select(INVOICE);
    Dataset<Row> lively = moving.unionByName(dated);
    Dataset<Row> alive =
        keep.apply(
            now.work()
                .map(work -> WorkRows.feltAfter(work, last))
                .map(worked -> now.invoices().join(worked, on(CUSTOMER), "left_semi"))
                .map(invoices -> lively.unionByName(invoices.select(INVOICE)))
                .orElse(lively)
                .distinct());
    MartInputs others = only(now, "left_anti");
    return new MartInputs(
        others.ledger().join(alive, on(INVOICE), "left_semi"),
        others.invoices().join(alive, on(INVOICE), "left_semi"),
        others.attributes(),
        others.work(),
        others.delivered(),
        others.lookups());
  }

  private MartInputs only(MartInputs inputs, String how) {
    return new MartInputs(
        inputs.ledger().join(broadcast(changed), on(CUSTOMER), how),
        inputs.invoices().join(broadcast(changed), on(CUSTOMER), how),
        inputs.attributes().join(broadcast(changed), on(CUSTOMER), how),
        inputs.work().map(work -> work.join(broadcast(changed), on(CUSTOMER), how)),
        inputs.delivered(),
        inputs.lookups());
  }

  private static scala.collection.immutable.Seq<String> on(String column) {
    return scala.jdk.javaapi.CollectionConverters.asScala(java.util.List.of(column)).toSeq();
  }
}
