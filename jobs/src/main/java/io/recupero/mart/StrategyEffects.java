package io.recupero.mart;

import io.recupero.mart.StrategyArms.Sample;
import io.recupero.mart.StrategyMeasure.Part;
import io.recupero.walk.GroupWalk;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Compares the treatments of each segment and month with its control arm: rows of {@link
 * StrategyMonths} in, in any order, rows of {@code gold.strategy_effect} out.
 */
final class StrategyEffects implements GroupWalk.Walker {

  /** Customers that an arm needs for limits: with fewer the limits hold less often than 95 %. */
  static final int FEWEST = 30;

  private static final int PRECISION = 38;
  private static final int PART_SCALE = 4;
  private static final int VALUE_SCALE = 12;

  private enum Status {
    OK,
    TOO_FEW,
    NOT_YET,
    NO_CONTROL,
    NO_DATA
  }

  private final int horizon;
  private final Set<StrategyMeasure> withData;
  private final Map<String, double[]> controls = new HashMap<>();
  private StrategyArms arms = new StrategyArms();
  private int start;
  private String segment;

  /**
   * Makes the walker of a partition.
   *
   * @param horizon the last day that counts
   * @param withData measures whose files the source has
   */
  StrategyEffects(int horizon, Set<StrategyMeasure> withData) {
    this.horizon = horizon;
    this.withData = withData;
  }

  @Override
  public void row(InternalRow row) {
    start = row.getInt(1);
    segment = text(row, 2);
    Map<Part, BigDecimal> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      BigDecimal number =
          row.getDecimal(StrategyMonths.place(part), StrategyMonths.PRECISION, 0)
              .toJavaBigDecimal();
      parts.put(part, number.movePointLeft(PART_SCALE));
    }
    arms.add(text(row, 4), text(row, 3), text(row, 5), parts);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    for (String treatment : arms.treatments()) {
      for (StrategyMeasure measure : StrategyMeasure.values()) {
        if (measure.isOfCurrency()) {
          arms.currencies().forEach(currency -> compare(treatment, measure, currency, out));
        } else {
          compare(treatment, measure, null, out);
        }
      }
    }
    arms = new StrategyArms();
    controls.clear();
  }

  private void compare(
      String treatment, StrategyMeasure measure, String currency, Consumer<InternalRow> out) {
    Sample treated = arms.sample(treatment, measure, currency);
    Sample control = arms.sample(StrategyArms.CONTROL, measure, currency);
    Status status = status(measure, treated, control);
    boolean isKnown = isSeen(measure) && withData.contains(measure);
    if (isKnown && measure.isNothing(treated, control)) {
      return;
    }
    Object[] row = new Object[20];
    row[0] = UTF8String.fromString(Months.name(start));
    row[1] = Math.min(Months.nextStart(start) - 1, horizon);
    row[2] = UTF8String.fromString(treatment);
    row[3] = text(segment);
    row[4] = text(currency);
    row[5] = UTF8String.fromString(measure.id());
    row[6] = UTF8String.fromString(status.name().toLowerCase(Locale.ROOT));
    arm(row, 7, treatment, isKnown ? treated : null, measure);
    arm(row, 12, StrategyArms.CONTROL, isKnown ? control : null, measure);
    if (status == Status.OK || status == Status.TOO_FEW) {
      row[17] = difference(measure, treated, control);
    }
    if (status == Status.OK) {
      Bootstrap.Limits limits =
          Bootstrap.difference(
              ratios(treatment, measure, currency, treated),
              controls.computeIfAbsent(
                  measure.id() + currency,
                  it -> ratios(StrategyArms.CONTROL, measure, currency, control)));
      row[18] = limit(limits.low() * measure.factor);
      row[19] = limit(limits.high() * measure.factor);
    }
    out.accept(new GenericInternalRow(row));
  }

  private boolean isSeen(StrategyMeasure measure) {
    return measure != StrategyMeasure.DAYS_TO_RECOVER || StrategyMonths.isFollowed(start, horizon);
  }

  private Status status(StrategyMeasure measure, Sample treated, Sample control) {
    if (!withData.contains(measure)) {
      return Status.NO_DATA;
    }
    if (arms.customers(StrategyArms.CONTROL) == 0) {
      return Status.NO_CONTROL;
    }
    if (!isSeen(measure)) {
      return Status.NOT_YET;
    }
    return Math.min(treated.size(), control.size()) < FEWEST ? Status.TOO_FEW : Status.OK;
  }

  private void arm(Object[] row, int at, String arm, Sample sample, StrategyMeasure measure) {
    row[at] = (long) arms.customers(arm);
    if (sample != null && arms.customers(arm) > 0) {
      row[at + 1] = (long) sample.size();
      row[at + 2] = Decimal.apply(sample.numerator(), PRECISION, PART_SCALE);
      row[at + 3] = Decimal.apply(sample.denominator(), PRECISION, PART_SCALE);
      row[at + 4] = number(sample.value(measure.factor, VALUE_SCALE));
    }
  }

  private static Decimal difference(StrategyMeasure measure, Sample treated, Sample control) {
    BigDecimal value = treated.value(measure.factor, VALUE_SCALE);
    BigDecimal than = control.value(measure.factor, VALUE_SCALE);
    return value == null || than == null ? null : number(value.subtract(than));
  }

  private double[] ratios(String arm, StrategyMeasure measure, String currency, Sample sample) {
    String name =
        String.join(
            "|", Months.name(start), String.valueOf(segment), arm, measure.id(), currency + "");
    return Bootstrap.ratios(name, doubles(sample.numerators()), doubles(sample.denominators()));
  }

  private static double[] doubles(BigDecimal[] parts) {
    return Arrays.stream(parts)
        .mapToDouble(part -> part.movePointRight(PART_SCALE).doubleValue())
        .toArray();
  }

  private static Decimal limit(double value) {
    return number(BigDecimal.valueOf(value).setScale(VALUE_SCALE, RoundingMode.HALF_EVEN));
  }

  private static Decimal number(BigDecimal value) {
    return value == null ? null : Decimal.apply(value, PRECISION, VALUE_SCALE);
  }

  private static UTF8String text(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }

  private static String text(InternalRow row, int at) {
    return row.isNullAt(at) ? null : row.getUTF8String(at).toString();
  }
}
