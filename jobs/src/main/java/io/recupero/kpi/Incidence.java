package io.recupero.kpi;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/**
 * How a set of receivables leaves the books as days go by: the cumulative incidence of
 * <em>paid</em> (Aalen-Johansen; every other exit competes) and the share still open (Kaplan-Meier;
 * every exit is an end).
 *
 * <p>Ends come before censorings on a tie. Weights stand for counts; the limits mean nothing with
 * other weights. A curve of nothing answers nothing: every figure is empty.
 */
public final class Incidence {

  /** Two shares this near are the same: 0.5 must be found though thirds were added up to it. */
  private static final double TOLERANCE = 1e-9;

  /** The normal quantile of 97.5 %: limits are 95 % limits. */
  private static final double Z = 1.959963984540054;

  private static final int POINT_BYTES = Integer.BYTES + 4 * Double.BYTES;

  private final int points;
  private final int[] day;
  private final double[] paid;
  private final double[] open;
  private final double[] paidVariance;
  private final double[] greenwood;

  private Incidence(int room) {
    points = room;
    day = new int[room];
    paid = new double[room];
    open = new double[room];
    paidVariance = new double[room];
    greenwood = new double[room];
  }

  /** Computes the curves of {@code exits}, in the time of one sort. */
  public static Incidence of(Exits exits) {
    long[] order = exits.inOrder();
    int distinct = 0;
    for (int i = 0; i < order.length; i++) {
      distinct += i == 0 || order[i] >> 32 != order[i - 1] >> 32 ? 1 : 0;
    }
    Incidence curve = new Incidence(distinct);
    double[][] left = new double[Exits.Kind.values().length][distinct];
    for (int i = 0, point = -1; i < order.length; i++) {
      int position = (int) order[i];
      if (point < 0 || exits.days[position] != curve.day[point]) {
        curve.day[++point] = exits.days[position];
      }
      left[exits.kinds[position]][point] += exits.weights[position];
    }
    curve.fill(left);
    return curve;
  }

  /** Reads what {@link #bytes} wrote. */
  static Incidence of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Incidence curve = new Incidence(bytes.length / POINT_BYTES);
    for (int j = 0; j < curve.points; j++) {
      curve.day[j] = in.getInt();
      curve.paid[j] = in.getDouble();
      curve.open[j] = in.getDouble();
      curve.paidVariance[j] = in.getDouble();
      curve.greenwood[j] = in.getDouble();
    }
    return curve;
  }

  /** Returns the curves, point by point, as one value of a table. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(points * POINT_BYTES);
    for (int j = 0; j < points; j++) {
      out.putInt(day[j]).putDouble(paid[j]).putDouble(open[j]);
      out.putDouble(paidVariance[j]).putDouble(greenwood[j]);
    }
    return out.array();
  }

  private void fill(double[][] left) {
    double[] atRisk = new double[points + 1];
    for (int j = points - 1; j >= 0; j--) { // from the end, so that the last exit leaves exactly 0
      atRisk[j] = atRisk[j + 1] + left[0][j] + left[1][j] + left[2][j];
    }
    double survival = 1;
    double incidence = 0;
    DeltaMethod variance = new DeltaMethod();
    for (int j = 0; j < points; j++) {
      double n = atRisk[j];
      double paidNow = left[Exits.Kind.PAID.ordinal()][j];
      double ended = paidNow + left[Exits.Kind.OTHER.ordinal()][j];
      double before = survival;
      incidence += before * paidNow / n;
      survival = ended >= n ? 0 : before * (n - ended) / n;
      variance.add(n, ended, paidNow, before, incidence);
      paid[j] = incidence;
      open[j] = survival;
      paidVariance[j] = variance.at(incidence);
      greenwood[j] = variance.greenwood;
    }
  }

  /**
   * Returns the first day on which the incidence of paid reaches {@code share} (0.5 for the
   * median); empty where it never does.
   */
  public OptionalInt paidQuantile(double share) {
    return first(j -> paid[j], share);
  }

  /** Returns the lower 95 % limit of that day: when the upper log(-log) band reaches the share. */
  public OptionalInt paidQuantileLow(double share) {
    return first(j -> paidBand(j, +1), share);
  }

  /**
   * Returns the upper 95 % limit of that day; empty where the lower band never reaches the share.
   */
  public OptionalInt paidQuantileHigh(double share) {
    return first(j -> paidBand(j, -1), share);
  }

  /** Returns the first day by which {@code share} has left, in whatever way (Kaplan-Meier). */
  public OptionalInt exitQuantile(double share) {
    return first(j -> 1 - open[j], share);
  }

  /** Returns the lower 95 % limit of that day, by the log transform (R's default). */
  public OptionalInt exitQuantileLow(double share) {
    return first(j -> 1 - openBand(j, -1), share);
  }

  /** Returns the upper 95 % limit of that day, by the log transform; empty if never reached. */
  public OptionalInt exitQuantileHigh(double share) {
    return first(j -> 1 - openBand(j, +1), share);
  }

  /**
   * Returns the share (0 to 1) paid by the end of {@code until}; empty beyond the last day seen
   * while anything was open then, because nobody knows.
   */
  public OptionalDouble paidBy(int until) {
    return knows(until) ? OptionalDouble.of(paidOn(until)) : OptionalDouble.empty();
  }

  /** Returns the lower 95 % limit of that share, by the log(-log) band; empty as the share. */
  public OptionalDouble paidByLow(int until) {
    return paidByBand(until, -1);
  }

  /** Returns the upper 95 % limit of that share; empty as the share. */
  public OptionalDouble paidByHigh(int until) {
    return paidByBand(until, +1);
  }

  private OptionalDouble paidByBand(int until, int side) {
    int last = last(until);
    return knows(until)
        ? OptionalDouble.of(last < 0 ? 0 : paidBand(last, side))
        : OptionalDouble.empty();
  }

  /**
   * Returns the area above the incidence of paid from 0 to {@code until}: the mean days to payment
   * where what is not paid by then counts as {@code until} days; empty as {@link #paidBy}.
   */
  public OptionalDouble paidMean(int until) {
    if (!knows(until)) {
      return OptionalDouble.empty();
    }
    double area = 0;
    double share = 0;
    int from = 0;
    for (int j = 0; j < points && day[j] < until; j++) {
      area += (1 - share) * (Math.max(day[j], 0) - from);
      from = Math.max(day[j], 0);
      share = paid[j];
    }
    return OptionalDouble.of(area + (1 - share) * (until - from));
  }

  private boolean knows(int until) {
    return points > 0 && (until <= day[points - 1] || open[points - 1] == 0);
  }

  private double paidOn(int until) {
    int last = last(until);
    return last < 0 ? 0 : paid[last];
  }

  private int last(int until) {
    int last = -1;
    while (last + 1 < points && day[last + 1] <= until) {
      last++;
    }
    return last;
  }

  private OptionalInt first(IntToDoubleFunction reached, double share) {
    for (int j = 0; j < points; j++) {
      if (reached.applyAsDouble(j) >= share - TOLERANCE) {
        return OptionalInt.of(day[j]);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * A band needs a share strictly between 0 and 1; at 0 and at 1 nothing is left to be unsure of.
   */
  private double paidBand(int j, int side) {
    double share = paid[j];
    if (share < TOLERANCE || share > 1 - TOLERANCE) {
      return share;
    }
    double width = Z * Math.sqrt(paidVariance[j]) / (share * Math.log(share)); // negative
    return Math.pow(share, Math.exp(side * width));
  }

  private double openBand(int j, int side) {
    return open[j] == 0 ? 0 : Math.min(1, open[j] * Math.exp(side * Z * Math.sqrt(greenwood[j])));
  }

  /**
   * The delta-method variance of the incidence F at t, the sum over earlier times j of (F - Fj)² d
   * / n(n - d) + S² (n - p) p / n³ - 2 (F - Fj) S p / n², kept as sums that do not depend on t.
   */
  private static final class DeltaMethod {
    double greenwood;
    private double byShare;
    private double bySquare;
    private double own;
    private double cross;
    private double crossByShare;

    void add(double n, double ended, double paidNow, double before, double share) {
      if (ended < n) { // at the last exit F - Fj is 0 for ever
        double term = ended / (n * (n - ended));
        greenwood += term;
        byShare += share * term;
        bySquare += share * share * term;
      }
      own += before * before * (n - paidNow) * paidNow / (n * n * n);
      cross += before * paidNow / (n * n);
      crossByShare += share * before * paidNow / (n * n);
    }

    double at(double share) {
      double spread = share * share * greenwood - 2 * share * byShare + bySquare;
      return Math.max(0, spread + own - 2 * (share * cross - crossByShare));
    }
  }
}
