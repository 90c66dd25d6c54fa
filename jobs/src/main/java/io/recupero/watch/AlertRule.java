package io.recupero.watch;

import io.recupero.contract.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When people are to be told of a figure.
 *
 * @param id how people call it
 * @param kpi the id of a card
 * @param where dimension to the value that is kept, in the order written
 * @param by the dimensions of which each value is looked at; currency among them where the figure
 *     is of money and nothing else says which
 * @param to the currency that amounts are converted to
 * @param against the date that the figure is compared with; empty: the figure itself counts
 * @param above fires where the figure, or its change, is greater
 * @param below fires where the figure, or its change, is less
 * @param text what to say; empty: a text that tells figure and threshold
 */
record AlertRule(
    String id,
    String kpi,
    Map<String, String> where,
    List<String> by,
    Optional<String> to,
    Optional<Against> against,
    Optional<BigDecimal> above,
    Optional<BigDecimal> below,
    Severity severity,
    Optional<Text> text) {

  /** How much it matters; nothing but what people do hangs on it. */
  enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /** What a change is counted from. */
  enum Against {
    PREVIOUS_MONTH_END {
      @Override
      LocalDate of(LocalDate asOf) {
        return asOf.withDayOfMonth(1).minusDays(1);
      }
    },
    /** The same day a year before; from the last day of a month, the last day of that month. */
    SAME_MONTH_LAST_YEAR {
      @Override
      LocalDate of(LocalDate asOf) {
        LocalDate before = asOf.minusYears(1);
        return asOf.getDayOfMonth() == asOf.lengthOfMonth()
            ? before.withDayOfMonth(before.lengthOfMonth())
            : before;
      }
    };

    abstract LocalDate of(LocalDate asOf);
  }

  /** Returns the threshold that a figure, or its change, has crossed. */
  Optional<BigDecimal> crossed(BigDecimal value) {
    return above
        .filter(bound -> value.compareTo(bound) > 0)
        .or(() -> below.filter(bound -> value.compareTo(bound) < 0));
  }
}
