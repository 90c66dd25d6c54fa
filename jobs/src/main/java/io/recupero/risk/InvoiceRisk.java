package io.recupero.risk;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.recupero.contract.Text;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** What is offered of each open document: {@code gold.invoice_risk}, and why. */
final class InvoiceRisk {

  static final String TABLE = "gold.invoice_risk";

  private static final String TEXTS =
      "customer_id STRING, invoice_id STRING, reasons STRING, reasons_es STRING,"
          + " reasons_en STRING";

  private InvoiceRisk() {}

  /**
   * Returns the table without what is looked up beside it (portfolio, country).
   *
   * @param rows open documents of one date, as {@link RiskRows#of}
   * @param paid of each document, {@code pay_30_probability}
   */
  static Dataset<Row> of(Dataset<Row> rows, Dataset<Row> paid, RiskModel model) {
    int grace = model.card().graceDays();
    Dataset<Row> scored =
        model.score(
            model.score(rows, Target.LATE, "late_score"), Target.DAYS, "expected_days_late");
    Dataset<Row> said =
        scored
            .withColumn(
                "late_probability",
                expr("IF(%s, late_score, 1.0D)".formatted(RiskRows.toCome(grace))))
            .withColumn("model", lit(model.card().offered(Target.LATE)))
            .withColumn("days_model", lit(model.card().offered(Target.DAYS)))
            .join(paid, new String[] {"customer_id", "invoice_id"}, "left")
            .join(reasons(rows, model, grace), new String[] {"customer_id", "invoice_id"}, "left");
    return said.selectExpr(
        "as_of",
        "customer_id",
        "invoice_id",
        "segment",
        "NULLIF(c_country, '%s') AS country".formatted(RiskColumns.NONE),
        "currency",
        "due_date",
        "open_amount",
        "-days_to_due AS days_past_due",
        "late_probability",
        "expected_days_late",
        "pay_30_probability",
        "CAST(open_amount * pay_30_probability AS DECIMAL(38, 4)) AS expected_30_amount",
        "model",
        "days_model",
        "reasons",
        "reasons_es",
        "reasons_en",
        "is_disputed",
        "promised_on");
  }

  private static Dataset<Row> reasons(Dataset<Row> rows, RiskModel model, int grace) {
    Dataset<Row> seen = model.late().map(late -> late.transform(rows)).orElse(rows);
    Reasons learned = model.late().map(late -> Reasons.of(late, model.card())).orElse(null);
    String baseline = model.card().judgements().get(Target.LATE).offered();
    MapFunction<Row, Row> tell = new Telling(learned, baseline, grace);
    return seen.map(tell, Encoders.row(StructType.fromDDL(TEXTS)));
  }

  /**
   * Tells of a document why.
   *
   * @param learned of the model; null where a baseline is offered
   */
  private record Telling(Reasons learned, String baseline, int grace)
      implements MapFunction<Row, Row> {

    private static final Text LAST = new Text("Su último pago", "Its last payment");
    private static final Text SEGMENT =
        new Text("Promedio de su segmento", "Average of its segment");

    @Override
    public Row call(Row row) {
      int daysToDue = row.<Integer>getAs("days_to_due");
      if (daysToDue <= -grace) {
        return said(
            row,
            Reasons.OVERDUE,
            "Días de mora: %d".formatted(-daysToDue),
            "Days past due: %d".formatted(-daysToDue));
      }
      if (learned == null) {
        Text text = baseline.equals(Baselines.SEGMENT) ? SEGMENT : LAST;
        return said(row, baseline, text.es(), text.en());
      }
      List<String> found = learned.of(row.<Vector>getAs("features"));
      return said(
          row,
          found.stream().map(it -> it.substring(1)).collect(Collectors.joining(", ")),
          learned.text(found, row, true),
          learned.text(found, row, false));
    }

    private static Row said(Row row, String ids, String es, String en) {
      return RowFactory.create(row.getAs("customer_id"), row.getAs("invoice_id"), ids, es, en);
    }
  }
}
