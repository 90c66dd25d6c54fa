package io.recupero.kpi;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple3;

/**
 * The figures of {@link Incidence} in SQL, so that a card on days to recover is one formula like
 * any other: {@code paid_quantile(curve(time, ended_by, weight), 0.5)}.
 *
 * <p>The aggregate {@code curve} takes the days seen INT, how it ended STRING ({@code paid}, {@code
 * open} or another exit) and a weight (a count or an amount); however many figures read one curve,
 * it is computed once. A figure takes a curve and the share or the day asked for, and is null where
 * it has no value.
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
  /** Its lower 95 % limit. */
  PAID_BY_LOW((curve, until) -> value(curve.paidByLow(until.intValue()))),
  /** Its upper 95 % limit. */
  PAID_BY_HIGH((curve, until) -> value(curve.paidByHigh(until.intValue()))),
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

  /** The name of the aggregate. */
  static final String CURVE = "curve";

  /** Makes the functions known to {@code spark}; doing so twice changes nothing. */
  public static void register(SparkSession spark) {
    spark.udf().register(CountBack.NAME, functions.udaf(new CountBack(), CountBack.INPUT));
    spark.udf().register(CURVE, functions.udaf(new Curve(), Curve.INPUT));
    for (CurveFunctions function : values()) {
      spark.udf().register(function.sqlName(), function.udf(), DataTypes.DoubleType);
    }
  }

  /** Returns the names of all of them. */
  public static Set<String> sqlNames() {
    return Stream.concat(
            Stream.of(CURVE, CountBack.NAME), Arrays.stream(values()).map(CurveFunctions::sqlName))
        .collect(Collectors.toSet());
  }

  private UDF2<byte[], Number, Double> udf() {
    return (curve, argument) -> {
      Incidence known = Incidence.of(curve == null ? new byte[0] : curve);
      return figure.of(known, argument.doubleValue());
    };
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

  /** One pass over a group's exits, then its curves. */
  private static final class Curve
      extends Aggregator<Tuple3<Integer, String, Double>, Exits, byte[]> {
    private static final long serialVersionUID = 1L;

    /** A tuple, not a bean: a bean's columns would come in alphabetical order. */
    static final Encoder<Tuple3<Integer, String, Double>> INPUT =
        Encoders.tuple(Encoders.INT(), Encoders.STRING(), Encoders.DOUBLE());

    @Override
    public Exits zero() {
      return new Exits();
    }

    @Override
    public Exits reduce(Exits seen, Tuple3<Integer, String, Double> exit) {
      return exit._1() == null || exit._3() == null
          ? seen
          : seen.add(exit._1(), Exits.Kind.of(exit._2()), exit._3());
    }

    @Override
    public Exits merge(Exits seen, Exits other) {
      return seen.addAll(other);
    }

    @Override
    public byte[] finish(Exits seen) {
      return Incidence.of(seen).bytes();
    }

    @Override
    public Encoder<Exits> bufferEncoder() {
      return Encoders.javaSerialization(Exits.class);
    }

    @Override
    public Encoder<byte[]> outputEncoder() {
      return Encoders.BINARY();
    }
  }
}
