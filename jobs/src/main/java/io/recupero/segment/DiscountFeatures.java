package io.recupero.segment;

import io.recupero.ledger.WideSum;

/** Discounts given, and early-payment offers taken. */
final class DiscountFeatures implements FeatureGroup {

  @Override
  public void compute(Snapshot customer, Values values) {
    int before = customer.before(Window.YEAR.months());
    long discounts = 0;
    WideSum amount = new WideSum();
    long offers = 0;
    long taken = 0;
    for (DebtState debt : customer.debts) {
      if (debt.discounted > 0 && debt.discountedDay() > before) {
        discounts++;
        amount.add(customer.isMain(debt) ? debt.discounted : 0);
      }
      int until = debt.document.discountUntil();
      if (debt.hasOffer() && until > before && until <= customer.day) {
        offers++;
        taken += debt.tookOffer() ? 1 : 0;
      }
    }
    if (customer.has.adjustments()) {
      values.count("discounts_12m", discounts);
      values.amount("discount_amount_12m", amount);
    }
    values.count("discount_offers_12m", offers);
    if (customer.has.payments()) {
      values.percent("discount_taken_share_12m", taken, offers);
    }
  }
}
