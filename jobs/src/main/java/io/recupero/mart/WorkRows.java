package io.recupero.mart;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;

import io.recupero.ledger.PromiseLedger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The record of work in the shape in which it travels to its customer: customer, kind, id, when it
 * was learned, its texts and its numbers (days, and amounts in ten-thousandths).
 */
final class WorkRows {

  static final int CONTACT = 0;
  static final int PROMISE = 1;
  static final int PAYMENT = 2;
  static final int SURVEY = 3;
  static final int DISPUTE = 4;
  static final int STAGE = 5;
  static final int ARM = 6;
  static final int PROFILE = 7;

  private static final String COLUMNS =
      "customer_id STRING, kind INT, id STRING, known_at BIGINT,"
          + " texts ARRAY<STRING>, numbers ARRAY<BIGINT>";

  private final WorkFrames frames;
  private final Dataset<Row> invoices;
  private final List<Dataset<Row>> rows = new ArrayList<>();

  private WorkRows(WorkFrames frames, Dataset<Row> invoices) {
    this.frames = frames;
    this.invoices = invoices;
  }

  /**
   * Returns all records of work.
   *
   * @param invoices silver invoices: a dispute names an invoice only, and travels to every customer
   *     that ever had it
   * @param zone the creditor's time zone, in which a contact's day is told
   */
  static Dataset<Row> of(WorkFrames frames, Dataset<Row> invoices, ZoneId zone) {
    WorkRows work = new WorkRows(frames, invoices);
    work.contacts(zone);
    work.promises();
    work.customers();
    work.add(
        "surveys", SURVEY, "survey_id", List.of("contact_id"), days("answered_on", "csat", "nps"));
    work.disputes();
    work.payments();
    work.add("stages", STAGE, "STRING(entered_on)", List.of("stage"), days("entered_on"));
    work.add(
        "strategies",
        ARM,
        "strategy_id",
        List.of("strategy_id", "arm", "segment"),
        days("assigned_on"));
    return work.rows.stream()
        .reduce(Dataset::unionByName)
        .orElseGet(
            () -> invoices.sparkSession().createDataFrame(List.of(), StructType.fromDDL(COLUMNS)));
  }

  /**
   * Returns the customers whose work is felt after a day: this month's or the next's figures hold
   * it, or what is dated ahead comes to count.
   *
   * @param work rows of this shape
   */
  static Dataset<Row> feltAfter(Dataset<Row> work, LocalDate last) {
    long month = last.withDayOfMonth(1).toEpochDay();
    return work.where(
            String.join(
                " OR ",
                is(CONTACT, 0, month - ContactMart.CREDIT_DAYS),
                is(PROMISE, 0, month),
                is(PROMISE, 1, month - PromiseLedger.GRACE - 1),
                is(SURVEY, 0, month),
                is(DISPUTE, 0, last.toEpochDay()),
                is(DISPUTE, 1, last.toEpochDay())))
        .select("customer_id")
        .distinct();
  }

  private static String is(int kind, int day, long from) {
    return "(kind = " + kind + " AND numbers[" + day + "] >= " + from + ")";
  }

  private void contacts(ZoneId zone) {
    add(
        "contacts",
        CONTACT,
        "contact_id",
        List.of(
            "channel",
            "direction",
            "outcome",
            "agent_id",
            "team",
            "agency",
            "invoice_id",
            "strategy_id",
            "delay_reason",
            "currency"),
        List.of(
            day("TO_DATE(FROM_UTC_TIMESTAMP(started_at, '" + zone.getId() + "'))"),
            "UNIX_MICROS(started_at)",
            "BIGINT(duration_s)",
            "BIGINT(call_rating)",
            amount("cost"),
            "BIGINT(consent)",
            "BIGINT(is_agent)",
            "BIGINT(receptivity)"),
        this::withAgents);
  }

  private void promises() {
    add(
        "promises",
        PROMISE,
        "promise_id",
        List.of("currency", "contact_id", "invoice_id", "agent_id", "team", "agency"),
        List.of(
            day("made_on"),
            day("due_on"),
            day("cancelled_on"),
            amount("amount"),
            "BIGINT(is_agent)"),
        this::withAgents);
  }

  /** Only promises ask for payments: those of customers that made any. */
  private void payments() {
    frames
        .find("promises")
        .ifPresent(
            promises ->
                add(
                    "payments",
                    PAYMENT,
                    "payment_id",
                    List.of("currency", "reverses_payment_id"),
                    List.of(
                        day("paid_on"),
                        amount("amount"),
                        "XXHASH64(payment_id)",
                        "XXHASH64(reverses_payment_id)"),
                    payments ->
                        payments.join(
                            promises.select("customer_id").distinct(),
                            CollectionConverters.asScala(List.of("customer_id")).toSeq(),
                            "left_semi")));
  }

  private void customers() {
    add(
        "customers",
        PROFILE,
        "STRING(valid_from)",
        List.of("timezone", "preferred_channel", "person_type", "country", "region"),
        days("valid_from"));
  }

  private void disputes() {
    add(
        "disputes",
        DISPUTE,
        "dispute_id",
        List.of("invoice_id", "reason", "resolution"),
        List.of(day("opened_on"), day("closed_on"), amount("amount")),
        disputes ->
            disputes.join(invoices.select("invoice_id", "customer_id").distinct(), "invoice_id"));
  }

  /** An agent is as it is known now: no file says when it changed team. */
  private Dataset<Row> withAgents(Dataset<Row> records) {
    if (frames.find("agents").isEmpty()) {
      return records.selectExpr(
          "*",
          "CAST(NULL AS STRING) AS team",
          "CAST(NULL AS STRING) AS agency",
          "CAST(NULL AS BOOLEAN) AS is_agent");
    }
    Dataset<Row> agents =
        frames
            .find("agents")
            .get()
            .groupBy("agent_id")
            .agg(expr("MAX_BY(STRUCT(team, agency), known_at) AS agent"))
            .selectExpr("agent_id", "agent.team", "agent.agency", "TRUE AS is_agent");
    return records.join(
        broadcast(agents), CollectionConverters.asScala(List.of("agent_id")).toSeq(), "left");
  }

  private void add(String input, int kind, String id, List<String> texts, List<String> numbers) {
    add(input, kind, id, texts, numbers, frame -> frame);
  }

  private void add(
      String input,
      int kind,
      String id,
      List<String> texts,
      List<String> numbers,
      UnaryOperator<Dataset<Row>> with) {
    frames
        .find(input)
        .map(with)
        .ifPresent(
            frame ->
                rows.add(
                    frame.selectExpr(
                        "customer_id",
                        kind + " AS kind",
                        "COALESCE(" + id + ", '') AS id",
                        "UNIX_MICROS(known_at) AS known_at",
                        "ARRAY(" + String.join(", ", texts) + ") AS texts",
                        "ARRAY(" + String.join(", ", numbers) + ") AS numbers")));
  }

  private static List<String> days(String... columns) {
    List<String> numbers = new ArrayList<>();
    for (String column : columns) {
      numbers.add(
          column.endsWith("_on") || column.endsWith("_from")
              ? day(column)
              : "BIGINT(" + column + ")");
    }
    return numbers;
  }

  private static String day(String column) {
    return "BIGINT(UNIX_DATE(" + column + "))";
  }

  private static String amount(String column) {
    return "BIGINT(" + column + " * 10000)";
  }
}
