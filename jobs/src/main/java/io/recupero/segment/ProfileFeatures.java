package io.recupero.segment;

import io.recupero.ledger.WideSum;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Who the customer is: attributes in force, how long it has been one, and its credit limit. */
final class ProfileFeatures implements FeatureGroup {

  @Override
  public void compute(Snapshot customer, Values values) {
    History.Profile profile = customer.profile;
    values.text("country", profile.country());
    values.text("region", profile.region());
    values.text("industry", profile.industry());
    values.text("company_size", profile.companySize());
    values.text("person_type", profile.personType());
    values.text("risk_rating", profile.riskRating());
    monthsOnBook(customer, values);
    creditUsed(customer, values);
  }

  private static void monthsOnBook(Snapshot customer, Values values) {
    int since = customer.profile.sinceDay();
    int first = since != History.NO_DAY && since <= customer.day ? since : Integer.MAX_VALUE;
    for (DebtState debt : customer.debts) {
      first = Math.min(first, debt.document.issueDay());
    }
    if (first != Integer.MAX_VALUE) {
      LocalDate begin = LocalDate.ofEpochDay(first);
      values.count("months_on_book", ChronoUnit.MONTHS.between(begin, customer.asOf.day()));
    }
  }

  private static void creditUsed(Snapshot customer, Values values) {
    History.Profile profile = customer.profile;
    if (profile.creditLimit() == null) {
      return;
    }
    String currency = profile.limitCurrency() == null ? customer.currency : profile.limitCurrency();
    WideSum open = new WideSum();
    for (DebtState debt : customer.debts) {
      open.add(debt.currency.equals(currency) ? debt.open : 0);
    }
    values.percent("credit_used_share", open.doubleValue(), profile.creditLimit());
  }
}
