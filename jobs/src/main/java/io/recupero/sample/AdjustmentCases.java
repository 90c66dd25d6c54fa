package io.recupero.sample;

import io.recupero.sample.Payment.How;
import java.time.LocalDate;

/** Awkward stories of adjustments, see {@link Case}. */
final class AdjustmentCases {

  private AdjustmentCases() {}

  static boolean creditNote(Account a, Bill bill) {
    return credited(a, bill, false);
  }

  static boolean creditLate(Account a, Bill bill) {
    return credited(a, bill, true);
  }

  private static boolean credited(Account a, Bill bill, boolean late) {
    LocalDate day = bill.issue.plusDays(a.draw.between(1, 12));
    LocalDate recorded = day.plusDays(a.draw.between(5, 50));
    if (day.isAfter(a.end) || late && recorded.isAfter(a.end)) {
      return false;
    }
    long units = bill.coin.share(bill.open, 0.05 + a.draw.uniform() / 3);
    a.adjust(bill, "credit_note", day, units, null, late ? a.timeOn(recorded) : null);
    a.settle(bill, bill.due.plusDays(a.draw.between(0, 20)));
    return true;
  }

  /** A credit note on an invoice that is already paid: what is beyond becomes customer credit. */
  static boolean creditBeyond(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-8, 3));
    if (day.plusDays(40).isAfter(a.end)) {
      return false;
    }
    Payment payment = a.settle(bill, day);
    LocalDate noted = payment.day().plusDays(a.draw.between(3, 40));
    if (!noted.isAfter(a.end)) {
      a.adjust(
          bill,
          "credit_note",
          noted,
          bill.coin.share(bill.amount, 0.05 + a.draw.uniform() / 4),
          null,
          null);
    }
    return true;
  }

  static boolean discountTaken(Account a, Bill bill) {
    LocalDate until = bill.issue.plusDays(10);
    if (bill.due.isBefore(until) || until.isAfter(a.end) || bill.amount < 1_000) {
      return false;
    }
    offer(a, bill, until);
    long discount = bill.discount;
    LocalDate day = until.minusDays(a.draw.below(5));
    Payment payment = a.pay(bill, day, bill.open - discount, How.USUAL);
    a.adjust(bill, "discount", payment.day(), discount, null, null);
    return true;
  }

  static boolean discountMissed(Account a, Bill bill) {
    LocalDate until = bill.issue.plusDays(10);
    if (bill.due.isBefore(until) || bill.amount < 1_000) {
      return false;
    }
    offer(a, bill, until);
    a.settle(bill, bill.due.plusDays(a.draw.between(-3, 12)));
    return true;
  }

  private static void offer(Account a, Bill bill, LocalDate until) {
    bill.discountUntil = until;
    bill.discount = bill.coin.share(bill.amount, 0.02 + a.draw.below(4) / 100.0);
  }

  static boolean writtenOff(Account a, Bill bill) {
    return writtenOffOn(a, bill) != null;
  }

  static boolean recovered(Account a, Bill bill) {
    LocalDate recovery = bill.due.plusDays(a.draw.between(190, 260));
    if (recovery.isAfter(a.end) || bill.amount < 1_000) {
      return false;
    }
    long before = bill.open;
    writtenOffOn(a, bill);
    long units = bill.coin.share(before, 0.1 + a.draw.uniform() / 2);
    a.adjust(bill, "write_off_recovery", recovery, units, null, null);
    return true;
  }

  private static LocalDate writtenOffOn(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(90, 180));
    if (day.isAfter(a.end)) {
      return null;
    }
    a.adjust(bill, "write_off", day, bill.open, null, null);
    return day;
  }

  static boolean interest(Account a, Bill bill) {
    return charged(a, bill, "interest");
  }

  static boolean penalty(Account a, Bill bill) {
    return charged(a, bill, "penalty");
  }

  private static boolean charged(Account a, Bill bill, String kind) {
    LocalDate day = bill.due.plusDays(a.draw.between(5, 30));
    if (day.isAfter(a.end)) {
      return false;
    }
    a.adjust(
        bill, kind, day, bill.coin.share(bill.open, 0.005 + a.draw.uniform() / 50), null, null);
    a.settle(bill, day.plusDays(a.draw.between(0, 30)));
    return true;
  }

  static boolean withholding(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(-5, 10));
    Country country = a.customer.country();
    boolean withholds = country == Country.CO || country == Country.MX || country == Country.PE;
    if (!withholds
        || a.customer.size() == Size.PERSON
        || day.isAfter(a.end)
        || bill.amount < 1_000) {
      return false;
    }
    a.adjust(bill, "withholding", day, bill.coin.share(bill.open, 0.025), null, null);
    a.settle(bill, day);
    return true;
  }

  /** A penalty or a credit note made in error, and taken back. */
  static boolean reversed(Account a, Bill bill) {
    LocalDate day = bill.due.plusDays(a.draw.between(1, 10));
    LocalDate back = day.plusDays(a.draw.between(1, 25));
    if (back.isAfter(a.end)) {
      return false;
    }
    boolean charge = a.draw.chance(0.5);
    String kind = charge ? "penalty" : "credit_note";
    long units = bill.coin.share(bill.open, charge ? 0.02 : 0.2);
    String id = a.adjust(bill, kind, day, units, null, null);
    a.adjustment(a.id('J'), bill, kind, back, units, null, id, null);
    bill.take(charge ? units : -units, back);
    a.settle(bill, back.plusDays(a.draw.between(0, 20)));
    return true;
  }

  /** Upheld disputes end in a credit note; the rest is paid once the dispute is closed. */
  static boolean disputed(Account a, Bill bill) {
    LocalDate opened = bill.issue.plusDays(a.draw.between(2, 25));
    LocalDate closed = opened.plusDays(a.draw.between(6, 60));
    if (opened.isAfter(a.end)) {
      return false;
    }
    String resolution = a.draw.weighted("rejected", 4, "upheld", 3, "partial", 3);
    long disputed = bill.coin.share(bill.open, 0.2 + a.draw.uniform() / 2);
    String reason =
        a.draw.of("price", "damaged goods", "not received", "duplicate charge", "service quality");
    boolean whole = a.draw.chance(0.2);
    boolean over = !closed.isAfter(a.end);
    if (a.out.wants(Table.DISPUTES)) {
      a.out.row(
          Table.DISPUTES,
          a.id('D'),
          bill.id,
          opened,
          over ? closed : null,
          reason,
          over ? resolution : null,
          whole ? null : bill.coin.money(disputed));
    }
    if (over && !resolution.equals("rejected")) {
      long units = resolution.equals("upheld") ? disputed : bill.coin.share(disputed, 0.5);
      a.adjust(bill, "credit_note", closed, units, null, null);
    }
    if (over) {
      LocalDate free = closed.isBefore(bill.due) ? bill.due : closed;
      a.settle(bill, free.plusDays(a.draw.between(0, 25)));
    }
    return true;
  }
}
