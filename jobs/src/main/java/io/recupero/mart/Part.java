package io.recupero.mart;

import io.recupero.ledger.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;

/** An addable column of a mart. */
public record Part(String name, Kind kind) {

  private static final int DIGITS = 18;
  private static final int MANY_DIGITS = 38;
  private static final long MOST = 999_999_999_999_999_999L;

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

  /**
   * Returns a sum as the column holds it.
   *
   * @param sum minor units, or a count
   * @param minorUnit how many ten-thousandths a minor unit is
   * @throws ArithmeticException beyond the column's digits; it never wraps around
   */
  Object value(long sum, long minorUnit) {
    return switch (kind) {
      case AMOUNT -> Decimal.createUnsafe(tenThousandths(sum, minorUnit), DIGITS, Money.SCALE);
      case AMOUNT_BY_DAY ->
          Decimal.apply(
              new BigDecimal(
                  BigInteger.valueOf(sum).multiply(BigInteger.valueOf(minorUnit)), Money.SCALE),
              MANY_DIGITS,
              Money.SCALE);
      case COUNT -> sum;
    };
  }

  private long tenThousandths(long sum, long minorUnit) {
    long amount = Math.multiplyExact(sum, minorUnit);
    if (Math.abs(amount) > MOST) {
      throw new ArithmeticException(
          "Cannot keep " + amount + " ten-thousandths in " + name + ", which has 18 digits.");
    }
    return amount;
  }
}
