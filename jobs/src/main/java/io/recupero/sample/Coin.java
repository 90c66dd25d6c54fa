package io.recupero.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * The currencies of the creditor. Amounts are whole numbers of the smallest unit; the doubles here
 * and in {@link Draw} only give figures their shape and never carry a balance.
 */
enum Coin {
  CLP(0, 1, 950),
  COP(2, 100, 4_100),
  MXN(2, 1, 18.5),
  PEN(2, 1, 3.75),
  USD(2, 1, 1),
  /** Unidad de fomento: invoiced in it, paid in pesos at the day's value. */
  CLF(4, 1, 0.0245);

  private static final double UF_GROWTH_A_DAY = 0.00011;

  private final int decimals;
  private final long step;
  private final double perDollar;

  Coin(int decimals, long step, double perDollar) {
    this.decimals = decimals;
    this.step = step;
    this.perDollar = perDollar;
  }

  /** Returns an amount worth about so many dollars, in the smallest unit, as people bill it. */
  long worth(double dollars) {
    long units = (long) (dollars * perDollar * StrictMath.pow(10, decimals));
    return Math.max(step, units / step * step);
  }

  /**
   * Returns about a share of an amount in the smallest unit, at least one, rounded as people do.
   */
  long share(long amount, double share) {
    return Math.max(1, Math.min(amount, Math.max(step, (long) (amount * share) / step * step)));
  }

  BigDecimal money(long units) {
    return BigDecimal.valueOf(units, decimals);
  }

  /** Returns the coin that an invoice in this one is paid in. */
  Coin paidIn() {
    return this == CLF ? CLP : this;
  }

  /** Returns what an amount of this coin costs on a day in the coin it is paid in. */
  long toPay(long units, LocalDate day) {
    if (this != CLF) {
      return units;
    }
    BigDecimal pesos = money(units).multiply(rate(day));
    return Math.max(1, pesos.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /** Returns the rate of a day: pesos for one CLF, or this coin for one dollar. */
  BigDecimal rate(LocalDate day) {
    long t = day.toEpochDay();
    double rate =
        this == CLF
            ? 37_093.5 * StrictMath.exp(UF_GROWTH_A_DAY * (t - 19_814)) // 1 April 2024
            : perDollar * (1 + 0.05 * StrictMath.sin(t / 97.0) + 0.015 * StrictMath.sin(t / 13.0));
    return BigDecimal.valueOf(rate)
        .setScale(this == CLF || this == CLP ? 2 : 4, RoundingMode.HALF_UP);
  }

  /** Returns the Chilean pesos for one of this coin on a day, as their two dollar rates have it. */
  BigDecimal inPesos(LocalDate day) {
    return CLP.rate(day).divide(rate(day), 6, RoundingMode.HALF_UP);
  }
}
