package io.recupero.segment;

import io.recupero.ledger.WideSum;

/**
 * What share of what fell due was paid by its due date, by the day the money came; the definition
 * of the KPI collected_on_time.
 */
final class PunctualityFeatures implements FeatureGroup {

  private static final String[] COUNTS = Window.names(Window.ALL, "on_time_share");
  private static final String[] AMOUNTS = Window.names(Window.ALL, "on_time_amount_share");

  @Override
  public void compute(Snapshot customer, Values values) {
    if (!customer.has.payments()) {
      return;
    }
    for (int i = 0; i < COUNTS.length; i++) {
      int before = customer.before(Window.ALL.get(i).months());
      long due = 0;
      long inTime = 0;
      WideSum dueAmount = new WideSum();
      WideSum inTimeAmount = new WideSum();
      for (DebtState debt : customer.debts) {
        int dueDay = debt.document.dueDay();
        if (dueDay <= before || dueDay > customer.day || debt.expected <= 0) {
          continue;
        }
        due++;
        inTime += debt.receivedInTime >= debt.expected ? 1 : 0;
        if (customer.isMain(debt)) {
          dueAmount.add(debt.expected);
          inTimeAmount.add(debt.receivedInTime);
        }
      }
      values.percent(COUNTS[i], inTime, due);
      values.percent(AMOUNTS[i], inTimeAmount.doubleValue(), dueAmount.doubleValue());
    }
  }
}
