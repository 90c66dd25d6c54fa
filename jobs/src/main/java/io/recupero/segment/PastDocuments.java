package io.recupero.segment;

import io.recupero.ledger.WideSum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a customer has paid the documents that fell due before a day: late is what was paid after its
 * due date or is overdue. What was credited or written off says nothing.
 */
final class PastDocuments {

  private static final int RECENT = 6;
  private static final int LAST_FEW = 3;

  /** Days late of each document due before the day, by due date; of an open one, so far. */
  private final List<Integer> daysLate = new ArrayList<>();

  private final Map<String, Billed> billed = new HashMap<>();

  private static final class Billed {
    private final WideSum amount = new WideSum();
    private int count;
  }

  private DebtState lastPaid;

  static PastDocuments of(Snapshot customer) {
    PastDocuments past = new PastDocuments();
    for (DebtState debt : customer.debts) {
      Billed sums = past.billed.computeIfAbsent(debt.currency, it -> new Billed());
      sums.amount.add(debt.billed);
      sums.count++;
      boolean paid = debt.isPaid();
      if (paid && (past.lastPaid == null || debt.paidDay() >= past.lastPaid.paidDay())) {
        past.lastPaid = debt;
      }
      if (debt.document.dueDay() < customer.day && (paid || debt.open > 0)) {
        past.daysLate.add(paid ? debt.daysLate() : debt.daysPastDue());
      }
    }
    return past;
  }

  /** Returns the mean amount of the customer's documents in a currency, in ten-thousandths. */
  double meanBilled(String currency) {
    Billed sums = billed.get(currency);
    return sums == null ? 0 : sums.amount.doubleValue() / sums.count;
  }

  void put(Values values) {
    int count = daysLate.size();
    values.count("due_documents", count);
    // One of two, before anything is known: else a single document would say never or always.
    values.percent("late_share", late(0) + 0.5, count + 1);
    if (count > 0) {
      int from = Math.max(0, count - RECENT);
      values.percent("late_share_recent", late(from), count - from);
      values.number(
          "days_late_recent",
          daysLate.subList(Math.max(0, count - LAST_FEW), count).stream()
              .mapToInt(Integer::intValue)
              .average()
              .orElse(Double.NaN));
    }
    if (lastPaid != null) {
      values.day("days_late_last", lastPaid.daysLate());
    }
  }

  private long late(int from) {
    return daysLate.subList(from, daysLate.size()).stream().filter(days -> days > 0).count();
  }
}
