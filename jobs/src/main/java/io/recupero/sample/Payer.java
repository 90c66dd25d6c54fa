package io.recupero.sample;

/** How a customer pays when nothing special happens. */
enum Payer {
  PROMPT,
  SLOW,
  /** Prompt but for January to March, when the season's cash is gone. */
  SEASONAL,
  PARTIAL,
  DISPUTING,
  /** Pays like a prompt one until a day from which nothing comes any more. */
  INSOLVENT;

  static Payer drawn(Draw draw) {
    int p = draw.below(100);
    return p < 46
        ? PROMPT
        : p < 70 ? SLOW : p < 80 ? SEASONAL : p < 90 ? PARTIAL : p < 95 ? DISPUTING : INSOLVENT;
  }

  /** Settles an invoice the customer's usual way. */
  void settle(Account account, Bill bill) {
    Draw draw = account.draw;
    switch (this) {
      case PROMPT -> account.settleTogether(bill, bill.due.plusDays(draw.between(-6, 2)));
      case SLOW -> account.settleTogether(bill, bill.due.plusDays(late(draw)));
      case SEASONAL -> {
        boolean dry = bill.due.getMonthValue() <= 3;
        account.settle(bill, bill.due.plusDays(dry ? draw.between(25, 80) : draw.between(-4, 3)));
      }
      case PARTIAL -> account.tell(Case.PARTIAL_PAYMENTS, bill);
      case DISPUTING -> {
        if (draw.chance(0.35)) {
          account.tell(Case.DISPUTE, bill);
        } else {
          account.settle(bill, bill.due.plusDays(draw.between(0, 25)));
        }
      }
      case INSOLVENT -> {
        if (bill.due.isBefore(account.customer.failsOn())) {
          account.settle(bill, bill.due.plusDays(draw.between(0, 20)));
        } else if (draw.chance(0.5)) {
          account.tell(Case.WRITE_OFF, bill);
        }
      }
      default -> throw new IllegalStateException("Cannot settle like " + this);
    }
  }

  private static int late(Draw draw) {
    return Math.min(240, (int) (18 * draw.logNormal(0.8)));
  }
}
