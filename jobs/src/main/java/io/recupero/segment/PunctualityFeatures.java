package io.recupero.segment;

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
      long dueAmount = 0;
      long inTimeAmount = 0;
      for (DebtState debt : customer.debts) {
        int dueDay = debt.document.dueDay();
        if (dueDay <= before || dueDay > customer.day || debt.expected <= 0) {
          continue;
        }
        due++;
        inTime += debt.receivedInTime >= debt.expected ? 1 : 0;
        if (customer.isMain(debt)) {
          dueAmount += debt.expected;
          inTimeAmount += debt.receivedInTime;
        }
      }
      values.percent(COUNTS[i], inTime, due);
      values.percent(AMOUNTS[i], inTimeAmount, dueAmount);
    }
  }
}
