package io.recupero.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What the run that made the release warned of, and what it checked. */
final class AlertsSection implements SectionMaker {

  private static final String ALERTS = "gold.alerts";
  private static final String CHECKS = "gold.checks";

  /** The checks' bounds and values are in units of their own: as many decimals as say something. */
  private static final int MOST_DECIMALS = 4;

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    List<Table> tables = new ArrayList<>();
    if (source.has(ALERTS)) {
      tables.add(alerts(source));
    }
    if (source.has(CHECKS)) {
      tables.add(checks(source));
    }
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "alerts",
                source.texts.text("report.alerts"),
                List.of(source.texts.text("report.alerts.note")),
                List.of(),
                tables,
                List.of()));
  }

  private static Table alerts(Source source) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("alerts", texts.text("report.alerts.alerts"))
            .text("severity", texts.text("report.severity"))
            .text("text", texts.text("report.alerts.text"))
            .text("kpi", texts.text("report.kpi"))
            .text("slice", texts.text("report.alerts.slice"))
            .number("value", texts.text("report.value"))
            .number("bound", texts.text("report.bound"))
            .text("alert", texts.text("report.alerts.rule"));
    for (Row row : rows(source, ALERTS, "alert", "slice")) {
      String kpi = row.getAs("kpi");
      table.row(
          severity(texts, row),
          text(texts, row),
          Cell.text(source.cards.find(kpi).map(card -> texts.of(card.name())).orElse(kpi)),
          Cell.text(row.getAs("slice")),
          number(row, "value"),
          number(row, "bound"),
          Cell.text(row.getAs("alert")));
    }
    return table.build();
  }

  private static Table checks(Source source) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("checks", texts.text("report.alerts.checks"))
            .text("passed", texts.text("report.alerts.result"))
            .text("severity", texts.text("report.severity"))
            .text("text", texts.text("report.alerts.text"))
            .text("slice", texts.text("report.alerts.slice"))
            .number("value", texts.text("report.value"))
            .number("bound", texts.text("report.bound"))
            .text("check", texts.text("report.alerts.check"));
    for (Row row : rows(source, CHECKS, "passed", "check", "slice")) {
      boolean isPassed = Boolean.TRUE.equals(row.<Boolean>getAs("passed"));
      table.row(
          Cell.text(texts.text(isPassed ? "report.alerts.passed" : "report.alerts.failed")),
          severity(texts, row),
          text(texts, row),
          Cell.text(row.getAs("slice")),
          number(row, "value"),
          number(row, "bound"),
          Cell.text(row.getAs("check")));
    }
    return table.build();
  }

  /** Those of the release's own run: the tables keep those of others too. */
  private static List<Row> rows(Source source, String table, String... order) {
    return source
        .read(table)
        .where("run_id = '" + source.release().runId() + "'")
        .orderBy(Arrays.stream(order).map(functions::col).toArray(Column[]::new))
        .collectAsList();
  }

  private static Cell severity(Texts texts, Row row) {
    return Cell.text(texts.code("report.severity", row.getAs("severity")));
  }

  private static Cell text(Texts texts, Row row) {
    return Cell.text(row.getAs("text_" + (texts.language().equals("es") ? "es" : "en")));
  }

  private static Cell number(Row row, String column) {
    Object value = row.getAs(column);
    if (value == null) {
      return Cell.number(null, 0);
    }
    BigDecimal number = new BigDecimal(value.toString());
    int decimals = Math.max(0, Math.min(MOST_DECIMALS, number.stripTrailingZeros().scale()));
    return Cell.number(number, decimals);
  }
}
