package io.recupero.sample;

import io.recupero.sample.Payment.How;
import java.time.LocalDate;

/** Awkward stories of payments, see {@link Case}. */
final class PaymentCases {

  private PaymentCases() {}

  /** Two or three parts; the last one comes in two cases of three. */
  static boolean partial(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-2, 12));
    if (day.isAfter(a.end)) {
      return false;
    }
    a.pay(bill, day, bill.coin.share(bill.open, 0.25 + a.draw.uniform() / 3), How.USUAL);
    day = day.plusDays(a.draw.between(10, 40));
    if (a.draw.chance(0.4)) {
      a.pay(bill, day, bill.coin.share(bill.open, 0.5), How.USUAL);
      day = day.plusDays(a.draw.between(10, 40));
    }
    if (a.draw.chance(0.67)) {
      a.settle(bill, day);
    }
    return true;
  }

  static boolean overpaid(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-5, 10));
    if (bill.coin == Coin.CLF || day.isAfter(a.end)) {
      return false;
    }
    day = day.isBefore(bill.issue) ? bill.issue : day;
    long extra = bill.coin.share(bill.open, 0.05 + a.draw.uniform() / 2);
    Payment payment = a.payment(day, bill.coin, bill.open + extra, How.USUAL);
    a.apply(payment, bill, bill.open, null);
    return true;
  }

  /** The payer does not say what it is for: automatic allocation has to find the invoice. */
  static boolean onAccount(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-5, 15));
    if (bill.coin == Coin.CLF || day.isAfter(a.end)) {
      return false;
    }
    day = day.isBefore(bill.issue) ? bill.issue : day;
    long units =
        a.draw.chance(0.5) ? bill.open : bill.coin.share(bill.open, 0.3 + a.draw.uniform());
    a.payment(day, bill.coin, units, How.USUAL);
    return true;
  }

  static boolean early(Account a, Bill bill) {
    LocalDate day = bill.issue.minusDays(a.draw.between(2, 15));
    return !day.isBefore(a.settings.start()) && a.payOn(bill, day, bill.open, How.USUAL) != null;
  }

  /** The cheque bounces; two in three pay later all the same. */
  static boolean bounced(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-2, 10));
    if (day.plusDays(10).isAfter(a.end)) {
      return false;
    }
    long units = bill.open;
    Payment cheque = a.pay(bill, day, units, new How("cheque", null, 0, 0));
    LocalDate back = cheque.day().plusDays(a.draw.between(2, 9));
    if (back.isAfter(a.end)) {
      return true;
    }
    a.reverse(cheque, bill, units, back);
    if (a.draw.chance(0.67)) {
      a.pay(bill, back.plusDays(a.draw.between(5, 45)), units, new How("transfer", null, 0, 0));
    }
    return true;
  }

  static boolean appliedLater(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-8, 8));
    return special(a, bill, day, new How(null, null, 0, a.draw.between(2, 20)));
  }

  static boolean recordedLate(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-8, 8));
    return special(a, bill, day, new How(null, null, a.draw.between(3, 40), 0));
  }

  static boolean byParent(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-5, 5));
    String parent = parentOf(a);
    return parent != null && special(a, bill, day, new How("transfer", parent, 0, 0));
  }

  private static boolean special(Account a, Bill bill, LocalDate day, How how) {
    int wait = how.recordedAfter() + how.appliedAfter();
    if (day.plusDays(wait).isAfter(a.end)) {
      return false;
    }
    a.pay(bill, day, bill.open, how);
    return true;
  }

  /** Returns a large company of the same country, or null where none is near. */
  private static String parentOf(Account a) {
    Size size = a.customer.size();
    if (size == Size.PERSON || size == Size.LARGE) {
      return null;
    }
    long blocks = a.settings.customers() / Volume.BLOCK;
    long own = (a.customer.number() - 1) / Volume.BLOCK;
    for (long step = 0; step < Math.min(blocks, 10); step++) {
      long number = (own + step) % blocks * Volume.BLOCK + Volume.LARGE_PLACE + 1;
      Customer large = Customer.of(a.settings, number);
      if (large.country() == a.customer.country()) {
        return large.id();
      }
    }
    return null;
  }
}
