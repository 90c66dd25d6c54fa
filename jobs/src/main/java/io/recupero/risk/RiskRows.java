package io.recupero.risk;

import io.recupero.segment.AsOf;
import io.recupero.segment.CustomerFeatures;
import io.recupero.segment.DocumentFeatures;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.Outcomes;
import io.recupero.segment.SegmentRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that models of late payment are trained on, judged by, and give scores to: one a
 * document that was open at the close of a day, with what was known of it and its customer then.
 *
 * <p>Rows and labels are separate frames made by separate walks, so that nothing of an outcome can
 * be among the features.
 */
public final class RiskRows {

  /** What rows and labels have in common. */
  static final String[] KEYS = {"customer_id", "as_of", "invoice_id"};

  private RiskRows() {}

  /**
   * Returns the rows of these dates: keys, {@code currency}, {@code due_date}, {@code open_amount},
   * {@code segment}, {@code days_to_due}, {@code days_late_last}, then the columns of {@link
   * RiskColumns}.
   */
  public static Dataset<Row> at(
      FeatureInputs inputs, List<AsOf> dates, ZoneId zone, SegmentRules rules) {
    return of(
        CustomerFeatures.at(dates, zone).of(inputs),
        DocumentFeatures.at(dates, zone).of(inputs),
        rules);
  }

  /** Returns the same, of features that are there already. */
  static Dataset<Row> of(Dataset<Row> customers, Dataset<Row> documents, SegmentRules rules) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "customer_id",
                "as_of",
                "invoice_id",
                "document_currency AS currency",
                "due_date",
                "document_open_amount AS open_amount",
                "segment",
                "days_to_due",
                "days_late_last",
                "promised_on",
                "COALESCE(is_disputed, false) AS is_disputed"));
    columns.addAll(RiskColumns.expressions());
    return rules
        .assign(documents.join(customers, new String[] {"customer_id", "as_of"}))
        .selectExpr(columns.toArray(String[]::new));
  }

  /**
   * Returns what became of the documents that were open at these dates, by what was known at a
   * time: keys, and
   *
   * <ul>
   *   <li>{@code late}: not paid in full by the end of the due date and the days of grace, by the
   *       day the money came. Null where that day is yet to come, also of those that have paid
   *       already: else only the quick ones would be counted. Null where it ended without payment
   *       by then.
   *   <li>{@code days}: days late, 0 where in time; what is not paid 90 days after the date counts
   *       up to then. Null as {@code days_late_90} of {@link Outcomes#schema}.
   * </ul>
   */
  public static Dataset<Row> labels(
      FeatureInputs inputs, List<AsOf> dates, LocalDate lastDay, Instant known, int graceDays) {
    String late =
        """
        CASE
          WHEN DATE_ADD(due_date, %1$d) > DATE'%2$s' THEN NULL
          WHEN ended_by = 'paid' THEN days_late > %1$d
          WHEN days_seen > %1$d THEN TRUE
        END AS late\
        """
            .formatted(graceDays, lastDay);
    return Outcomes.after(dates, lastDay, known)
        .of(inputs)
        .selectExpr(
            "customer_id",
            "as_of",
            "invoice_id",
            late,
            // Not GREATEST: it passes over nulls, and what is not known would be in time.
            "IF(days_late_90 < 0, 0, days_late_90) AS days");
  }

  /** Returns SQL that tells which rows' due date is yet to come: of the others it is known. */
  static String toCome(int graceDays) {
    return "days_to_due > " + -graceDays;
  }
}
