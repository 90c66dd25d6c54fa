package io.recupero.report;

import io.recupero.kpi.Card;
import io.recupero.report.Headlines.Block;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** The targets of the scorecard at the report's date, for a total, a portfolio or a segment. */
final class Targets {

  private static final String TABLE = "gold.scorecard";

  private final Source source;
  private final Map<String, Target> targets = new HashMap<>();

  /**
   * A target.
   *
   * @param value in the unit of the card
   * @param distance the figure less the target; null while the month goes on
   * @param status met or missed; open while the month goes on
   */
  record Target(BigDecimal value, BigDecimal distance, String status) {

    /** Some days of a month are not held against the target of one. */
    Target at(LocalDate asOf, Card card) {
      return card.isOfMonth() && !Source.isClose(asOf) ? new Target(value, null, "open") : this;
    }
  }

  private Targets(Source source) {
    this.source = source;
  }

  /** Reads the targets; there are none where the scorecard has no such date or slice. */
  static Targets of(Source source) {
    Targets targets = new Targets(source);
    Slice slice = source.slice;
    boolean isCut = slice.portfolio() == null || slice.segment() == null;
    if (isCut && source.has(TABLE)) {
      String cut =
          slice.portfolio() != null ? "portfolio" : slice.segment() != null ? "segment" : "total";
      source
          .read(TABLE)
          .where("as_of = " + source.day() + " AND cut = '" + cut + "' AND target IS NOT NULL")
          .where(slice.filter(Slice.PORTFOLIO, Slice.SEGMENT))
          .select("kpi", "currency", "target", "distance", "status")
          .collectAsList()
          .forEach(targets::put);
    }
    return targets;
  }

  private void put(Row row) {
    Target target = new Target(row.getDecimal(2), row.getDecimal(3), row.getString(4));
    targets.put(
        row.getString(0) + "|" + row.getString(1),
        target.at(source.asOf, source.card(row.getString(0))));
  }

  /** Returns the target of a figure. What is converted has none: targets are of one currency. */
  Optional<Target> at(Block block, String kpi) {
    return block.isConverted()
        ? Optional.empty()
        : Optional.ofNullable(targets.get(kpi + "|" + block.currency()));
  }

  /** Returns a sentence on the target; empty where there is none. */
  String told(Block block, String kpi) {
    Card card = source.card(kpi);
    return at(block, kpi)
        .map(
            target ->
                source.texts.text(
                    "report.target.told",
                    source.texts.of(Headlines.cell(card, block, target.value())),
                    source.texts.code("report.status", target.status())))
        .orElse("");
  }
}
