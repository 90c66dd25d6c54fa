package io.recupero.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Numbers that weigh as much as the amounts behind them. */
final class Weighted {

  private record Entry(int value, long weight) {}

  private final List<Entry> entries = new ArrayList<>();
  private long total;

  void add(int value, long weight) {
    entries.add(new Entry(value, weight));
    total = Math.addExact(total, weight);
  }

  double mean() {
    double sum = 0;
    for (Entry entry : entries) {
      sum += (double) entry.value * entry.weight;
    }
    return total == 0 ? Double.NaN : sum / total;
  }

  double deviation() {
    double mean = mean();
    double squares = 0;
    for (Entry entry : entries) {
      squares += (entry.value - mean) * (entry.value - mean) * entry.weight;
    }
    return total == 0 ? Double.NaN : Math.sqrt(squares / total);
  }

  /**
   * Returns the least value at which all but one part in {@code parts} of the weight is reached.
   */
  double allButOneIn(int parts) {
    entries.sort(Comparator.comparingInt(Entry::value));
    long above = total;
    for (Entry entry : entries) {
      above -= entry.weight;
      if (above <= total / parts) {
        return entry.value;
      }
    }
    return Double.NaN;
  }
}
