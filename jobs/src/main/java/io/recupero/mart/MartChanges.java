package io.recupero.mart;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import io.recupero.walk.Members;
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
  private static final String IS_OPEN = "is_open";

  private final MartInputs before;
  private final MartInputs now;
  private final Dataset<Row> changed;
  private final LocalDate last;
  private final UnaryOperator<Dataset<Row>> keep;
  private Dataset<Row> balances;

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
   * alive, and all those of customers that are being worked on. Among them are a few that are
   * neither, of which nothing changes.
   *
   * @param reach how long a receivable that ended is felt, at least to the month's beginning
   */
  MartInputs standing(Period reach) {
    LocalDate month = last.withDayOfMonth(1);
    LocalDate felt = last.minus(reach).isBefore(month) ? last.minus(reach) : month;
    Column id = Members.hash(INVOICE).as(INVOICE);
    Dataset<Row> moving =
        balances().where(IS_OPEN + " OR lost OR moved_on >= DATE'" + felt + "'").select(INVOICE);
    Dataset<Row> dated =
        now.invoices()
            .where(
                col("due_date")
                    .geq(lit(month.minusDays(GRACE_OF_INSTALMENTS)))
                    .or(col("issue_date").geq(lit(last.minusDays(BILLING_DAYS))))
                    .or(col("discount_until").geq(lit(month))))
            .select(id);
    Dataset<Row> lively = moving.unionByName(dated);
    Members alive =
        Members.of(
            keep.apply(
                now.work()
                    .map(work -> WorkRows.feltAfter(work, last))
                    .map(worked -> now.invoices().join(worked, on(CUSTOMER), "left_semi"))
                    .map(invoices -> lively.unionByName(invoices.select(id)))
                    .orElse(lively)));
    MartInputs others = only(now, "left_anti");
    return new MartInputs(
        others.ledger().where(alive.has(INVOICE)),
        others.invoices().where(alive.has(INVOICE)),
        others.attributes(),
        others.work(),
        others.delivered(),
        others.lookups());
  }

  /**
   * Returns of each invoice, by its hash, whether it is open and when it moved last. By hash it is
   * half the work of by text; balances are never below zero, so those of two invoices that share
   * one do not cancel out.
   */
  private Dataset<Row> balances() {
    if (balances == null) {
      balances =
          keep.apply(
              now.ledger()
                  .where(col(INVOICE).isNotNull())
                  .groupBy(Members.hash(INVOICE).as(INVOICE))
                  .agg(
                      sum("amount").notEqual(lit(0)).as(IS_OPEN),
                      max("effective_on").as("moved_on"),
                      max(col("kind").equalTo("write_off")).as("lost"))
                  .where(
                      IS_OPEN
                          + " OR lost OR moved_on >= DATE'"
                          + last.minus(Mart.HALF_A_YEAR)
                          + "'"));
    }
    return balances;
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
