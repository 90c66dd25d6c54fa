package io.recupero.segment;

import io.recupero.ledger.WideSum;
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
      WideSum amount = new WideSum();
      foreign = 0;
      for (DebtState debt : customer.debts) {
        if (!debt.document.isInstalment() && debt.document.issueDay() > before) {
          count++;
          foreign += customer.isMain(debt) ? 0 : 1;
          amount.add(customer.isMain(debt) ? debt.billed : 0);
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
    Map<String, OfType> types = new TreeMap<>();
    for (DebtState debt : customer.debts) {
      if (debt.document.debtType() != null && customer.isMain(debt)) {
        OfType sums = types.computeIfAbsent(debt.document.debtType(), type -> new OfType());
        sums.open.add(debt.open);
        sums.billed.add(debt.billed);
      }
    }
    String main = null;
    OfType most = null;
    for (Map.Entry<String, OfType> type : types.entrySet()) {
      if (most == null || type.getValue().isMoreThan(most)) {
        main = type.getKey();
        most = type.getValue();
      }
    }
    values.text("main_debt_type", main);
  }

  private static final class OfType {
    private final WideSum open = new WideSum();
    private final WideSum billed = new WideSum();

    private boolean isMoreThan(OfType that) {
      int order = open.compareTo(that.open);
      return order > 0 || order == 0 && billed.compareTo(that.billed) > 0;
    }
  }
}
