package io.recupero.mart;

import java.util.List;
import java.util.Optional;

/**
 * Why customers pay late, by what they last said: {@code gold.delay_daily}. What is overdue of
 * customers that gave a reason, and what was recovered of it, month to date.
 */
record DelayMart(int graceDays) implements Mart {

  @Override
  public String table() {
    return "gold.delay_daily";
  }

  @Override
  public Optional<String> needs() {
    return Optional.of("contacts");
  }

  @Override
  public Keys keys() {
    return Keys.of("delay_reason");
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.amount("overdue_amount"),
        Part.count("overdue_count"),
        Part.amount("recovered_amount"),
        Part.amount("recovery_base_amount"),
        Part.count("recovery_base_count"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    List<Contact> reasons = receivable.debtor.dossier.reasons(receivable.debtor);
    if (!reasons.isEmpty()) {
      reasons.forEach(contact -> days.add(contact.day()));
      days.add(receivable.dueDay + graceDays + 1);
      days.addMonthStarts(
          receivable.firstDay(), receivable.isClosed() ? receivable.lastDay() : days.horizon());
    }
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    String reason = receivable.isUnapplied() ? null : reason(receivable.debtor, day);
    if (reason == null) {
      return;
    }
    int eve = Months.start(day) - 1;
    long base = eve - receivable.dueDay > graceDays ? receivable.balanceAt(eve) : 0;
    long open = day - receivable.dueDay > graceDays ? receivable.balanceAt(day) : 0;
    if (base == 0 && open == 0) {
      return;
    }
    long[] parts = to.entry(reason);
    parts[0] = open;
    parts[1] = open > 0 ? 1 : 0;
    if (base > 0) {
      parts[2] = Math.min(base, receivable.cashBetween(eve + 1, day));
      parts[3] = base;
      parts[4] = 1;
    }
  }

  private static String reason(Debtor debtor, int day) {
    String reason = null;
    for (Contact contact : debtor.dossier.reasons(debtor)) {
      if (contact.day() > day) {
        break;
      }
      reason = contact.delayReason();
    }
    return reason;
  }
}
