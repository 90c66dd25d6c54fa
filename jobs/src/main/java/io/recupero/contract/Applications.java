package io.recupero.contract;

import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Adds up what is applied of each payment, in the payment's currency.
 *
 * <p>What waits in quarantine counts too: its money stays reserved for it. Of the versions of an
 * application the current one counts.
 */
final class Applications {

  /** What is applied of the payment up to and with this application. */
  static final String APPLIED = "_applied";

  /** The money of an application in its payment's currency; null where it is unknown. */
  static final String MONEY = "_money";

  private static final String KNOWN = "_known";
  private static final String CURRENT = "_current";
  private static final String CLAIMED = "_claimed";

  /** Whether what is applied of the payment may be more than the payment. */
  static final String MAY_EXCEED = "_may_exceed";

  /** Beyond so many payments, each is added up exactly. */
  private static final int MOST = 4 << 20;

  private Applications() {}

  /** Whether a rule can only be judged here. */
  static boolean judges(Rule rule) {
    return rule.reads(APPLIED);
  }

  /** Whether anything is to be added up for a contract. */
  static boolean areIn(Contract contract) {
    return contract.rules().stream().anyMatch(Applications::judges);
  }

  /** Returns the money of an application whose payment and invoice are joined. */
  static Column money() {
    return expr("CASE WHEN payment_amount IS NOT NULL THEN payment_amount"
            + " WHEN payment.currency IS NULL OR invoice.currency IS NULL"
            + " OR payment.currency = invoice.currency THEN amount END")
        .as(MONEY);
  }

  /**
   * Returns whether an application's payment may be exceeded. Nearly no payment is; so all money
   * said of payments with the same hash is added up first, and held against the smallest of them.
   */
  static Column mayExceed(
      Dataset<Row> applications, Dataset<Row> payments, Optional<Dataset<Row>> known) {
    Column hash = Hashes.hash(col("payment_id"));
    Column most =
        greatest(coalesce(col("payment_amount"), col("amount"), lit(0)), lit(0))
            .cast("decimal(18,4)");
    Column none = lit(null).cast("decimal(18,4)");
    Dataset<Row> money =
        known
            .map(before -> touched(before, applications))
            .map(before -> before.withColumn("hash", hash).withColumn("most", col(MONEY)))
            .map(before -> before.select(col("hash"), col("most"), none.as("paid")))
            .stream()
            .reduce(
                applications.select(hash.as("hash"), most.as("most"), none.as("paid")),
                Dataset::unionAll)
            .unionAll(payments.select(hash.as("hash"), none.as("most"), col("amount").as("paid")));
    List<Long> exceeded =
        money
            .groupBy("hash")
            .agg(sum("most").as("most"), min("paid").as("paid"))
            .where("most > paid")
            .select("hash")
            .as(Encoders.LONG())
            .limit(MOST + 1)
            .collectAsList();
    return exceeded.size() > MOST
        ? lit(true)
        : Hashes.of(
                applications.sparkSession(), exceeded.stream().mapToLong(Long::longValue).toArray())
            .has(hash);
  }

  /** Adds the reasons of applications with {@link #MONEY} to those that may exceed. */
  static Dataset<Row> judge(Contract contract, Dataset<Row> records, Optional<Dataset<Row>> known) {
    Column[] broken =
        contract.rules().stream()
            .filter(Applications::judges)
            .map(RecordChecks::broken)
            .toArray(Column[]::new);
    Column reasons = array_union(col(Lineage.REASONS), RecordChecks.compact(List.of(broken)));
    return addUp(records.where(col(MAY_EXCEED)), known)
        .withColumn(Lineage.REASONS, reasons)
        .drop(APPLIED)
        .unionByName(records.where(not(col(MAY_EXCEED))));
  }

  private static Dataset<Row> addUp(Dataset<Row> applications, Optional<Dataset<Row>> known) {
    Dataset<Row> here = applications.withColumn(KNOWN, lit(false));
    Dataset<Row> all =
        known.map(before -> here.unionByName(touched(before, applications), true)).orElse(here);

    WindowSpec payment =
        Window.partitionBy("payment_id").orderBy("applied_on", "invoice_id", "line");
    WindowSpec key = Window.partitionBy("payment_id", "applied_on", "invoice_id", "line");
    WindowSpec lines =
        Window.partitionBy("payment_id", "applied_on", "invoice_id", "line", Lineage.BATCH)
            .orderBy(col(KNOWN).desc(), col(Lineage.FILE), col(Lineage.RECORD))
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column lastKnown = max(when(col(KNOWN), col(Lineage.KNOWN_AT))).over(key);
    Column stands = not(col(KNOWN)).or(col(Lineage.KNOWN_AT).equalTo(lastKnown));
    // of the deliveries of a key the last counts, with what is known of it
    Column last =
        max_by(col(Lineage.BATCH), struct(col(Lineage.KNOWN_AT), not(col(KNOWN)))).over(key);
    Column claimed = when(stands, greatest(coalesce(col(MONEY), lit(0)), lit(0))).otherwise(lit(0));
    Column earlierLines = sum(CLAIMED).over(lines).minus(col(CLAIMED));
    Column others = sum(CURRENT).over(payment).minus(sum(CURRENT).over(key));
    return all.withColumn(CLAIMED, claimed)
        .withColumn(CURRENT, when(col(Lineage.BATCH).equalTo(last), col(CLAIMED)).otherwise(lit(0)))
        .withColumn(APPLIED, others.plus(earlierLines).cast("decimal(38,4)").plus(col(MONEY)))
        .where(col(KNOWN).equalTo(false))
        .drop(CURRENT, CLAIMED, KNOWN);
  }

  private static Dataset<Row> touched(Dataset<Row> known, Dataset<Row> applications) {
    Dataset<Row> payments = applications.select(col("payment_id").as("_touched")).distinct();
    return known
        .join(payments, col("payment_id").equalTo(col("_touched")), "left_semi")
        .select(
            col("payment_id"),
            col("invoice_id"),
            col("applied_on"),
            col("line"),
            col("amount"),
            col("payment_amount"),
            col(Lineage.KNOWN_AT),
            col(Lineage.BATCH),
            col(Lineage.FILE),
            col(Lineage.RECORD),
            coalesce(col("payment_amount"), col("amount")).as(MONEY),
            lit(true).as(KNOWN));
  }
}
