package io.recupero.sample;

import io.recupero.sample.Payment.How;
import java.time.LocalDate;

/**
 * A tidy customer pays every invoice in full some days after it is issued, and once too much: on a
 * day when nothing else is open, so that the whole excess is there to be refunded the same day,
 * however cash is allocated.
 */
final class RefundStory {

  private RefundStory() {}

  static void tell(Account a, LocalDate[] issues) {
    LocalDate settledUntil = LocalDate.MIN;
    boolean refunded = false;
    for (int i = 0; i < issues.length; i++) {
      Bill bill = CustomerStory.ordinary(a, issues[i]);
      LocalDate usual = bill.issue.plusDays(a.draw.between(1, 6));
      LocalDate day = usual.isAfter(bill.due) ? bill.due : usual;
      boolean alone =
          !day.isBefore(settledUntil) && (i + 1 == issues.length || issues[i + 1].isAfter(day));
      if (!refunded && i > 0 && alone && !day.isAfter(a.end)) {
        refund(a, bill, day);
        refunded = true;
      } else {
        a.settle(bill, day);
      }
      settledUntil = day.isAfter(settledUntil) ? day : settledUntil;
      a.write(bill);
    }
  }

  /** Pays twice or too much by mistake, and gets the rest back. */
  private static void refund(Account a, Bill bill, LocalDate day) {
    How how = new How("transfer", null, 0, 0);
    boolean twice = a.draw.chance(0.5);
    long extra = twice ? bill.open : bill.coin.share(bill.open, 0.3);
    Payment payment = a.payment(day, bill.coin, twice ? bill.open : bill.open + extra, how);
    a.apply(payment, bill, bill.open, null);
    Payment source = twice ? a.payment(day, bill.coin, extra, how) : payment;
    if (a.out.wants(Table.REFUNDS)) {
      a.out.row(
          Table.REFUNDS,
          a.id('R'),
          a.customer.id(),
          day,
          bill.coin.money(extra),
          bill.coin.name(),
          source.id(),
          null);
    }
    a.out.count(Case.REFUND);
  }
}
