package io.recupero.sample;

import java.time.LocalDate;

/**
 * All records of one customer. A customer with very many invoices comes in parts, stretches of time
 * that can be told apart from each other, so that no machine ever holds more than one part.
 */
final class CustomerStory {

  static final int INVOICES_OF_A_PART = 500;

  private final GeneratorSettings settings;
  private final Volume volume;

  CustomerStory(GeneratorSettings settings) {
    this.settings = settings;
    this.volume = new Volume(settings);
  }

  /** Returns how many parts a customer has: at least one. */
  int parts(long number) {
    long invoices = volume.invoices(number);
    return (int) Math.max(1, (invoices + INVOICES_OF_A_PART - 1) / INVOICES_OF_A_PART);
  }

  /** Tells one part, numbered from 0; the first also has what there is once per customer. */
  void tell(long number, int part, Out out) {
    Customer customer = Customer.of(settings, number);
    if (part == 0) {
      customer.tell(settings, out);
    }
    Account account = new Account(settings, customer, part, parts(number), out);
    LocalDate[] issues = issueDates(account, number, part);
    if (customer.tidy()) {
      RefundStory.tell(account, issues);
    } else {
      long first = volume.firstInvoice(number) + (long) part * INVOICES_OF_A_PART;
      for (int i = 0; i < issues.length; i++) {
        invoice(account, issues[i], first + i);
      }
    }
    new CollectionsWork(account, part).tell();
  }

  private LocalDate[] issueDates(Account account, long number, int part) {
    long all = volume.invoices(number);
    long from = (long) part * INVOICES_OF_A_PART;
    LocalDate[] issues = new LocalDate[(int) Math.min(INVOICES_OF_A_PART, all - from)];
    long days = settings.end().toEpochDay() - settings.start().toEpochDay() + 1;
    for (int i = 0; i < issues.length; i++) {
      issues[i] =
          settings.start().plusDays((long) ((from + i + account.draw.uniform()) / all * days));
    }
    return issues;
  }

  private void invoice(Account account, LocalDate issue, long index) {
    Bill bill = ordinary(account, issue);
    long turn = turn(index, settings.awkwardShare(), 1);
    if (turn < 0 || !account.tell(Case.inTurn(turn), bill)) {
      account.customer.payer().settle(account, bill);
    }
    account.write(bill);
    long flaw = turn(index, settings.badShare(), 2);
    if (flaw >= 0) {
      FaultyRows.write(account, bill, Flaw.inTurn(flaw), flaw);
    }
  }

  /** Returns an invoice with the customer's usual amount, coin and terms. */
  static Bill ordinary(Account account, LocalDate issue) {
    Draw draw = account.draw;
    Size size = account.customer.size();
    int days =
        switch (size) {
          case PERSON -> draw.of(10, 15, 20);
          case LARGE -> draw.of(45, 60, 90);
          default -> draw.of(15, 30, 30, 45);
        };
    LocalDate due = issue.plusDays(draw.chance(0.02) ? 0 : days);
    boolean december = issue.getMonthValue() == 12;
    double dollars = size.medianDollars * draw.logNormal(0.7) * (december ? 1.4 : 1);
    Coin coin = coin(account);
    return account.bill(coin, issue, due, coin.worth(dollars), "invoice", null);
  }

  private static Coin coin(Account account) {
    Customer customer = account.customer;
    double u = account.draw.uniform();
    boolean indexed =
        !customer.tidy()
            && (customer.debtType().equals("rent") || customer.debtType().equals("loan"));
    if (customer.country() == Country.CL && indexed && u < 0.5) {
      return Coin.CLF;
    }
    return !customer.tidy() && customer.size().ordinal() >= Size.MEDIUM.ordinal() && u < 0.12
        ? Coin.USD
        : customer.coin();
  }

  /**
   * Picks one invoice in every stretch of 1 / share at random, whoever's it is.
   *
   * @return the number of the stretch for the picked one, else -1
   */
  private long turn(long index, double share, int salt) {
    if (share == 0) {
      return -1;
    }
    long stretch = Math.round(1 / share);
    long turn = index / stretch;
    long picked = Math.floorMod(Draw.mixed(settings.seed(), salt, turn), stretch);
    return index % stretch == picked ? turn : -1;
  }
}
