package io.recupero.segment;

import java.util.List;

/** Features that are computed together. */
interface FeatureGroup {

  /** All groups; a new one needs no other place. */
  List<FeatureGroup> ALL =
      List.of(
          new ProfileFeatures(),
          new BillingFeatures(),
          new SeasonFeatures(),
          new BalanceFeatures(),
          new PunctualityFeatures(),
          new LatenessFeatures(),
          new PaymentFeatures(),
          new PromiseFeatures(),
          new ContactFeatures(),
          new DisputeFeatures(),
          new DiscountFeatures(),
          new PlanFeatures());

  /** Puts the features of a customer at a date; what is not put is null. */
  void compute(Snapshot customer, Values values);
}
