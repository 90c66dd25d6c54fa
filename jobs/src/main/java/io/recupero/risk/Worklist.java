package io.recupero.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.compliance.ContactJudge;
import io.recupero.contract.Contracts;
import io.recupero.segment.SegmentRules;
import io.recupero.segment.SegmentVersion;
import io.recupero.segment.Treatment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Whom to contact next: {@code gold.worklist}, a row a customer that owes anything to act on. */
final class Worklist {

  static final String TABLE = "gold.worklist";

  /** Contacts of so many days are looked at: no rule looks back farther than a week. */
  static final int LOOK_BACK = 35;

  private final LocalDate asOf;
  private final ZoneId zone;
  private final Map<String, Treatment> treatments = new HashMap<>();

  Worklist(LocalDate asOf, ZoneId zone, SegmentRules rules) {
    this.asOf = asOf;
    this.zone = zone;
    Optional<SegmentVersion> version = rules.on(asOf.plusDays(1));
    version
        .map(SegmentVersion::rules)
        .ifPresent(
            list ->
                list.forEach(
                    rule -> rule.treatment().ifPresent(it -> treatments.put(rule.id(), it))));
  }

  /**
   * Returns the table.
   *
   * @param risk as {@link InvoiceRisk#of}
   * @param customers current rows of the customers file, of all dates; empty without the file
   * @param contacts current rows of contacts; empty without the file
   * @param features {@code gold.customer_features}
   */
  Dataset<Row> of(
      Dataset<Row> risk,
      Optional<Dataset<Row>> customers,
      Optional<Dataset<Row>> contacts,
      Dataset<Row> features,
      ContactJudge judge) {
    Dataset<Row> debtors =
        risk.groupBy("customer_id")
            .agg(
                expr(
                    "SORT_ARRAY(COLLECT_LIST(STRUCT(due_date, invoice_id, currency, open_amount,"
                        + " days_past_due, late_probability, pay_30_probability, is_disputed,"
                        + " promised_on))) AS documents"),
                expr("MAX(segment) AS segment"))
            .join(
                features.select("customer_id", "best_hour", "broken_promise_streak"),
                new String[] {"customer_id"},
                "left");
    Dataset<Row> known = withRows(withContacts(debtors, contacts), customers);
    Map<String, Treatment> policy = treatments;
    MapFunction<Row, Row> next = new NextContact(asOf, zone, policy, judge)::of;
    return known
        .map(next, Encoders.row(Contracts.load().contract(TABLE).schema()))
        .where("status IS NOT NULL")
        .withColumn(
            "rank",
            expr(
                "IF(status = 'contact', ROW_NUMBER() OVER (PARTITION BY currency, status ORDER BY"
                    + " expected_recovery_amount DESC, open_amount DESC, customer_id), NULL)"))
        .select(columns());
  }

  private static org.apache.spark.sql.Column[] columns() {
    return Contracts.load().contract(TABLE).names().stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  private Dataset<Row> withContacts(Dataset<Row> debtors, Optional<Dataset<Row>> contacts) {
    if (contacts.isEmpty()) {
      return debtors.withColumn(
          "contacts",
          expr(
              "CAST(ARRAY() AS ARRAY<STRUCT<micros: BIGINT, contact_id: STRING, channel: STRING,"
                  + " outbound: BOOLEAN, outcome: STRING, invoice_id: STRING, consent: BOOLEAN>>)"));
    }
    Dataset<Row> recent =
        contacts
            .get()
            .where(
                col("started_at")
                    .geq(
                        java.sql.Timestamp.from(
                            asOf.minusDays(LOOK_BACK).atStartOfDay(zone).toInstant())))
            .groupBy("customer_id")
            .agg(
                expr(
                    "SORT_ARRAY(COLLECT_LIST(STRUCT(UNIX_MICROS(started_at) AS micros, contact_id,"
                        + " channel, COALESCE(direction, 'outbound') <> 'inbound' AS outbound,"
                        + " outcome, invoice_id, consent))) AS contacts"));
    return debtors.join(recent, new String[] {"customer_id"}, "left");
  }

  private static Dataset<Row> withRows(Dataset<Row> debtors, Optional<Dataset<Row>> customers) {
    String type =
        "ARRAY<STRUCT<valid_from: STRING, country: STRING, region: STRING, person_type: STRING,"
            + " timezone: STRING>>";
    if (customers.isEmpty()) {
      return debtors.withColumn("rows", expr("CAST(ARRAY() AS " + type + ")"));
    }
    Dataset<Row> rows =
        customers
            .get()
            .groupBy("customer_id")
            .agg(
                expr(
                    "SORT_ARRAY(COLLECT_LIST(STRUCT(CAST(valid_from AS STRING) AS valid_from,"
                        + " country, region, person_type, timezone))) AS rows"));
    return debtors.join(rows, new String[] {"customer_id"}, "left");
  }
}
