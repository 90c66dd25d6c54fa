package io.recupero.ledger;

import java.math.BigInteger;

/**
 * A sum of amounts that does not overflow: the halves of each amount are added up apart, so two
 * thousand million of the largest amounts fit, without an object for each of them.
 */
public final class WideSum implements Comparable<WideSum> {

  private static final int HALF = 32;
  private static final long LOW_HALF = (1L << HALF) - 1;

  private long high;
  private long low;

  /** Adds an amount. */
  public void add(long amount) {
    high += amount >> HALF;
    low += amount & LOW_HALF;
  }

  /** Adds so many times an amount; {@code times} is at most a thousand million. */
  public void add(long amount, long times) {
    high += (amount >> HALF) * times;
    low += (amount & LOW_HALF) * times;
  }

  /** Returns the sum. */
  public BigInteger value() {
    return BigInteger.valueOf(high).shiftLeft(HALF).add(BigInteger.valueOf(low));
  }

  /** Returns the sum, rounded to a floating-point number: for shares and means only. */
  public double doubleValue() {
    return value().doubleValue();
  }

  /** Returns whether the sum is zero. */
  public boolean isZero() {
    return value().signum() == 0;
  }

  @Override
  public int compareTo(WideSum that) {
    return value().compareTo(that.value());
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof WideSum sum && compareTo(sum) == 0;
  }

  @Override
  public int hashCode() {
    return value().hashCode();
  }

  @Override
  public String toString() {
    return value().toString();
  }
}
