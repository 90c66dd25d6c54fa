package io.recupero.mart;

import io.recupero.ledger.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;

/** An addable column of a mart. */
public record Part(String name, Kind kind) {

  private static final int DIGITS = 18;
  private static final int MANY_DIGITS = 38;
  private static final long MOST = 999_999_999_999_999_999L;

  /** Bits of the low half of an amount times a day: both halves fit, times any day. */
  private static final int LOW_BITS = 30;

  /** What is added up. */
  public enum Kind {
    /** Money. */
    AMOUNT,
    /** Money times a day since 1970: too large for the digits of money. */
    AMOUNT_BY_DAY,
    /** Things. */
    COUNT
  }

  static Part amount(String name) {
    return new Part(name, Kind.AMOUNT);
  }

  static Part amountByDay(String name) {
    return new Part(name, Kind.AMOUNT_BY_DAY);
  }

  static Part count(String name) {
    return new Part(name, Kind.COUNT);
  }

  /** Returns the column's type. */
  public DataType type() {
    return switch (kind) {
      case AMOUNT -> DataTypes.createDecimalType(DIGITS, Money.SCALE);
      case AMOUNT_BY_DAY -> DataTypes.createDecimalType(MANY_DIGITS, Money.SCALE);
      case COUNT -> DataTypes.LongType;
    };
  }

  /** Returns how many whole numbers a contribution to these parts has. */
  static int slots(List<Part> parts) {
    return parts.size() + (int) parts.stream().filter(it -> it.kind == Kind.AMOUNT_BY_DAY).count();
  }

  /** Writes an amount times a day in two halves, which do not overflow where the product would. */
  static void putByDay(long[] slots, int low, int high, long amount, int day) {
    slots[low] = (amount & ((1L << LOW_BITS) - 1)) * day;
    slots[high] = (amount >> LOW_BITS) * day;
  }

  /** Returns the largest sum in minor units that one row of an amount's column holds. */
  static long most(long minorUnit) {
    return MOST / minorUnit;
  }

  /**
   * Returns a sum as the column holds it.
   *
   * @param sum minor units, at most {@link #most}, or a count
   * @param high the high half of an amount by day
   * @param minorUnit how many ten-thousandths a minor unit is
   */
  Object value(long sum, long high, long minorUnit) {
    return switch (kind) {
      case AMOUNT -> Decimal.createUnsafe(sum * minorUnit, DIGITS, Money.SCALE);
      case AMOUNT_BY_DAY ->
          Decimal.apply(
              new BigDecimal(
                  BigInteger.valueOf(high)
                      .shiftLeft(LOW_BITS)
                      .add(BigInteger.valueOf(sum))
                      .multiply(BigInteger.valueOf(minorUnit)),
                  Money.SCALE),
              MANY_DIGITS,
              Money.SCALE);
      case COUNT -> sum;
    };
  }
}
