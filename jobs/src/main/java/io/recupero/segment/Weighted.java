package io.recupero.segment;

import io.recupero.ledger.WideSum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Numbers that weigh as much as the amounts behind them. */
final class Weighted {

  private record Entry(int value, long weight) {}

  private final List<Entry> entries = new ArrayList<>();
  private final WideSum total = new WideSum();

  void add(int value, long weight) {
    entries.add(new Entry(value, weight));
    total.add(weight);
  }

  double mean() {
    double sum = 0;
    for (Entry entry : entries) {
      sum += (double) entry.value * entry.weight;
    }
    return total.isZero() ? Double.NaN : sum / total.doubleValue();
  }

  double deviation() {
    double mean = mean();
    double squares = 0;
    for (Entry entry : entries) {
      squares += (entry.value - mean) * (entry.value - mean) * entry.weight;
    }
    return total.isZero() ? Double.NaN : Math.sqrt(squares / total.doubleValue());
  }

  /**
   * Returns the least value at which all but one part in {@code parts} of the weight is reached.
   */
  double allButOneIn(int parts) {
    entries.sort(Comparator.comparingInt(Entry::value));
    BigInteger most = total.value().divide(BigInteger.valueOf(parts));
    BigInteger above = total.value();
    for (Entry entry : entries) {
      above = above.subtract(BigInteger.valueOf(entry.weight));
      if (above.compareTo(most) <= 0) {
        return entry.value;
      }
    }
    return Double.NaN;
  }
}
