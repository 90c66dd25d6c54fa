package io.recupero.kpi;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.functions;
import scala.Tuple4;

/**
 * The figures of {@link Incidence} as SQL aggregates, so that a card on days to recover is one
 * formula like any other: {@code paid_quantile(time, ended_by, weight, 0.5)}.
 *
 * <p>Arguments: days seen INT, how it ended STRING ({@code paid}, {@code open} or another exit),
 * weight (a count or an amount), and the share or the day asked for. Null where the figure has no
 * value.
 */
public enum CurveFunctions {
  /** First day on which the incidence of paid reaches the share. */
  PAID_QUANTILE((curve, share) -> day(curve.paidQuantile(share))),
  /** Its lower 95 % limit. */
  PAID_QUANTILE_LOW((curve, share) -> day(curve.paidQuantileLow(share))),
  /** Its upper 95 % limit. */
  PAID_QUANTILE_HIGH((curve, share) -> day(curve.paidQuantileHigh(share))),
  /** Share paid, 0 to 1, by the end of the day. */
  PAID_BY((curve, until) -> value(curve.paidBy(until.intValue()))),
  /** Mean days to payment up to the day. */
  PAID_MEAN((curve, until) -> value(curve.paidMean(until.intValue()))),
  /** First day by which the share has left in any way. */
  EXIT_QUANTILE((curve, share) -> day(curve.exitQuantile(share))),
  /** Its lower 95 % limit. */
  EXIT_QUANTILE_LOW((curve, share) -> day(curve.exitQuantileLow(share))),
  /** Its upper 95 % limit. */
  EXIT_QUANTILE_HIGH((curve, share) -> day(curve.exitQuantileHigh(share)));

  private interface Figure {
    Double of(Incidence curve, Double argument);
  }

  private final transient Figure figure;

  CurveFunctions(Figure figure) {
    this.figure = figure;
  }

  /** Makes the functions known to {@code spark}; doing so twice changes nothing. */
  public static void register(SparkSession spark) {
    for (CurveFunctions function : values()) {
      spark.udf().register(function.sqlName(), functions.udaf(new Curve(function), Curve.INPUT));
    }
  }

  static Set<String> sqlNames() {
    return Arrays.stream(values()).map(CurveFunctions::sqlName).collect(Collectors.toSet());
  }

  private String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Double day(OptionalInt day) {
    return day.isPresent() ? (double) day.getAsInt() : null;
  }

  private static Double value(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** What a group has been seen to do, and the argument of the figure asked for. */
  public static final class Seen implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final Exits exits = new Exits();
    private Double argument;
  }

  /** One pass over a group's exits, then the figure. */
  private static final class Curve
      extends Aggregator<Tuple4<Integer, String, Double, Double>, Seen, Double> {
    private static final long serialVersionUID = 1L;

    /** A tuple, not a bean: a bean's columns would come in alphabetical order. */
    static final Encoder<Tuple4<Integer, String, Double, Double>> INPUT =
        Encoders.tuple(Encoders.INT(), Encoders.STRING(), Encoders.DOUBLE(), Encoders.DOUBLE());

    private final CurveFunctions function;

    Curve(CurveFunctions function) {
      this.function = function;
    }

    @Override
    public Seen zero() {
      return new Seen();
    }

    @Override
    public Seen reduce(Seen seen, Tuple4<Integer, String, Double, Double> exit) {
      if (exit._1() != null && exit._3() != null) {
        seen.exits.add(exit._1(), Exits.Kind.of(exit._2()), exit._3());
      }
      seen.argument = exit._4();
      return seen;
    }

    @Override
    public Seen merge(Seen seen, Seen other) {
      seen.exits.addAll(other.exits);
      seen.argument = seen.argument == null ? other.argument : seen.argument;
      return seen;
    }

    @Override
    public Double finish(Seen seen) {
      return seen.argument == null
          ? null
          : function.figure.of(Incidence.of(seen.exits), seen.argument);
    }

    @Override
    public Encoder<Seen> bufferEncoder() {
      return Encoders.javaSerialization(Seen.class);
    }

    @Override
    public Encoder<Double> outputEncoder() {
      return Encoders.DOUBLE();
    }
  }
}
