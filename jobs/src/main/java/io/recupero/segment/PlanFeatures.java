package io.recupero.segment;

/**
 * Payment agreements and how their instalments are kept. The status a source gives an agreement is
 * not read: it has no date, so a history loaded at once would tell the past how agreements ended.
 */
final class PlanFeatures implements FeatureGroup {

  /** Days after its due date in which an instalment still counts as kept. */
  private static final int GRACE = 3;

  @Override
  public void compute(Snapshot customer, Values values) {
    if (customer.has.plans()) {
      for (Window window : Window.LONG) {
        int before = customer.before(window.months());
        values.count(
            "plans" + window.suffix(),
            customer.plans.stream().filter(plan -> plan.agreedDay() > before).count());
      }
    }
    long open = 0;
    long overdue = 0;
    long judged = 0;
    long kept = 0;
    for (DebtState debt : customer.debts) {
      if (!debt.document.isInstalment()) {
        continue;
      }
      open += debt.open > 0 ? 1 : 0;
      overdue += debt.isOverdue() ? 1 : 0;
      int last = debt.document.dueDay() + GRACE;
      if (last <= customer.day) {
        judged++;
        kept += debt.isPaid() && debt.settledDay() <= last ? 1 : 0;
      }
    }
    values.count("open_instalments", open);
    values.count("overdue_instalments", overdue);
    if (customer.has.payments()) {
      values.percent("instalments_kept_share", kept, judged);
    }
  }
}
