package io.recupero.segment;

import io.recupero.ledger.WideSum;

/** Disputes; one closed on the day is not open. */
final class DisputeFeatures implements FeatureGroup {

  @Override
  public void compute(Snapshot customer, Values values) {
    if (!customer.has.disputes()) {
      return;
    }
    for (Window window : Window.LONG) {
      int before = customer.before(window.months());
      values.count(
          "disputes" + window.suffix(),
          customer.disputes.stream().filter(dispute -> dispute.openedDay() > before).count());
    }
    long open = 0;
    WideSum amount = new WideSum();
    for (History.Dispute dispute : customer.disputes) {
      DebtState debt = customer.debt(dispute.invoiceId());
      if (dispute.closedDay() == History.NO_DAY || dispute.closedDay() > customer.day) {
        open++;
        amount.add(customer.isMain(debt) ? Math.min(dispute.amount(), debt.open) : 0);
      }
    }
    values.count("open_disputes", open);
    values.amount("disputed_amount", amount);
  }
}
