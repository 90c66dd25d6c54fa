package io.recupero.segment;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was billed, by issue date: invoices and debit notes, gross. Instalments were billed before
 * and are not billed again.
 */
final class BillingFeatures implements FeatureGroup {

  private static final String[] COUNTS = Window.names(Window.ALL, "invoices");
  private static final String[] AMOUNTS = Window.names(Window.ALL, "billed_amount");

  @Override
  public void compute(Snapshot customer, Values values) {
    long all = 0;
    long foreign = 0;
    for (int i = 0; i < COUNTS.length; i++) {
      int before = customer.before(Window.ALL.get(i).months());
      long count = 0;
      long amount = 0;
      foreign = 0;
      for (DebtState debt : customer.debts) {
        if (!debt.document.isInstalment() && debt.document.issueDay() > before) {
          count++;
          foreign += customer.isMain(debt) ? 0 : 1;
          amount += customer.isMain(debt) ? debt.billed : 0;
        }
      }
      values.count(COUNTS[i], count);
      values.amount(AMOUNTS[i], amount);
      all = count;
    }
    values.percent("other_currency_share", foreign, all);
    mainDebtType(customer, values);
  }

  /**
   * The type most is open of, by amount in the main currency; where nothing is, most was billed.
   */
  private static void mainDebtType(Snapshot customer, Values values) {
    Map<String, long[]> types = new TreeMap<>();
    for (DebtState debt : customer.debts) {
      if (debt.document.debtType() != null && customer.isMain(debt)) {
        long[] sums = types.computeIfAbsent(debt.document.debtType(), type -> new long[2]);
        sums[0] += debt.open;
        sums[1] += debt.billed;
      }
    }
    String main = null;
    long[] most = {-1, -1};
    for (Map.Entry<String, long[]> type : types.entrySet()) {
      long[] sums = type.getValue();
      if (sums[0] > most[0] || (sums[0] == most[0] && sums[1] > most[1])) {
        main = type.getKey();
        most = sums;
      }
    }
    values.text("main_debt_type", main);
  }
}
