package io.recupero.watch;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.recupero.summary.ScorecardJob;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A headline figure: one of the measures of {@code gold.scorecard}, in all.
 *
 * @param asOf the date it holds at
 * @param kpi the id of its card
 * @param currency null of figures that are not of money
 * @param value in the card's unit; null where it has none
 */
public record Figure(
    @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate asOf,
    String kpi,
    String currency,
    BigDecimal value) {

  /** Reads them at all dates that the scorecard has: month ends, and the as-of date. */
  static List<Figure> read(RunTables tables) {
    return tables
        .read(ScorecardJob.TABLE)
        .where("cut = 'total'")
        .selectExpr("CAST(as_of AS STRING)", "kpi", "currency", "value")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Figure(
                    LocalDate.parse(row.getString(0)),
                    row.getString(1),
                    row.getString(2),
                    row.isNullAt(3) ? null : plain(row.getDecimal(3))))
        .toList();
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
