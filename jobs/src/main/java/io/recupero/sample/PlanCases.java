package io.recupero.sample;

import java.time.LocalDate;

/** Stories that make further receivables, or a second version of one, see {@link Case}. */
final class PlanCases {

  private PlanCases() {}

  /** Freight or a difference in price is billed after the invoice. */
  static boolean debitNote(Account a, Bill bill) {
    LocalDate issue = bill.issue.plusDays(a.draw.between(3, 20));
    if (issue.isAfter(a.end)) {
      return false;
    }
    Bill note =
        a.bill(
            bill.coin,
            issue,
            issue.plusDays(30),
            bill.coin.share(bill.amount, 0.1),
            "debit_note",
            null);
    a.customer.payer().settle(a, bill);
    a.settle(note, note.due.plusDays(a.draw.between(-3, 15)));
    a.write(note);
    return true;
  }

  /** What is open turns into three to six monthly instalments; a third of the plans break. */
  static boolean plan(Account a, Bill bill) {
    LocalDate agreed = bill.due.plusDays(a.draw.between(35, 80));
    int count = a.draw.between(3, 6);
    if (agreed.isAfter(a.end) || bill.open < 1_000) {
      return false;
    }
    String plan = a.id('L');
    long restructured = bill.open;
    a.adjust(bill, "credit_note", agreed, restructured, plan, null);
    int paid = a.draw.chance(0.33) ? a.draw.below(count) : count;
    LocalDate failed = null;
    for (int i = 1; i <= count; i++) {
      long part = restructured / count;
      long amount = i < count ? part : restructured - part * (count - 1);
      Bill instalment = a.bill(bill.coin, agreed, agreed.plusMonths(i), amount, "instalment", plan);
      if (i <= paid) {
        a.settle(instalment, instalment.due.plusDays(a.draw.between(-2, 4)));
      } else if (failed == null) {
        failed = instalment.due;
      }
      a.write(instalment);
    }
    if (a.out.wants(Table.PLANS)) {
      a.out.row(
          Table.PLANS,
          plan,
          a.customer.id(),
          agreed,
          status(a, agreed.plusMonths(count), failed),
          bill.coin.money(restructured),
          bill.coin.name());
    }
    return true;
  }

  private static String status(Account a, LocalDate last, LocalDate failed) {
    if (failed != null && !failed.isAfter(a.end)) {
      return "broken";
    }
    return last.plusDays(4).isBefore(a.end) ? "kept" : "active";
  }

  /** The amount was wrong at first; the version recorded later stands. */
  static boolean corrected(Account a, Bill bill) {
    LocalDate recorded = bill.issue.plusDays(a.draw.between(1, 14));
    if (recorded.isAfter(a.end)) {
      return false;
    }
    a.write(bill, bill.amount + bill.coin.share(bill.amount, 0.1), null);
    bill.recordedAt = a.timeOn(recorded);
    LocalDate usual = bill.due.plusDays(a.draw.between(-2, 10));
    a.settle(bill, usual.isBefore(recorded) ? recorded : usual);
    return true;
  }
}
