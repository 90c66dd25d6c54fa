package io.recupero.sample;

import java.math.BigDecimal;
import java.time.LocalDate;

/** Writes the records that break a rule; their ids have an X, so that they are easy to find. */
final class FaultyRows {

  private final Account a;
  private final Bill beside;
  private final Coin coin;
  private final String number;

  private FaultyRows(Account account, Bill beside, long turn) {
    this.a = account;
    this.beside = beside;
    this.coin = beside.coin.paidIn();
    this.number = Customer.digits(account.settings, account.customer.number()) + "-X" + turn;
  }

  static void write(Account account, Bill beside, Flaw flaw, long turn) {
    if (flaw.textOnly() && account.settings.format() != GeneratorSettings.Format.CSV) {
      return;
    }
    new FaultyRows(account, beside, turn).write(flaw);
    account.out.count(flaw);
  }

  private void write(Flaw flaw) {
    long units = beside.coin.toPay(beside.amount, beside.issue);
    BigDecimal amount = coin.money(units);
    BigDecimal half = coin.money(coin.share(units, 0.5));
    LocalDate issue = beside.issue;
    switch (flaw) {
      case DUPLICATE_INVOICE -> a.write(beside);
      case DUPLICATE_PAYMENT -> {
        payment(issue, half);
        payment(issue, half);
      }
      case CONFLICTING_INVOICE -> {
        invoice(issue, beside.due, amount, coin.name());
        invoice(issue, beside.due, half, coin.name());
      }
      case UNKNOWN_CUSTOMER -> invoice(nobody(), issue, beside.due, amount, coin.name());
      case PAYMENT_OF_UNKNOWN_CUSTOMER -> payment(nobody(), issue, amount);
      case UNKNOWN_INVOICE -> {
        payment(issue, half);
        application("F" + number, half);
      }
      case ADJUSTMENT_OF_UNKNOWN_INVOICE -> adjustment("F" + number, half);
      case BEYOND_PAYMENT -> {
        invoice(issue, beside.due, amount, coin.name());
        payment(issue, half);
        application("F" + number, amount);
      }
      case DUE_BEFORE_ISSUE -> invoice(issue, issue.minusDays(30), amount, coin.name());
      case NEGATIVE_AMOUNT -> invoice(issue, beside.due, amount.negate(), coin.name());
      case ZERO_AMOUNT -> payment(issue, BigDecimal.ZERO);
      case DECIMALS_IN_PESOS -> invoice(issue, beside.due, new BigDecimal("15990.50"), "CLP");
      case UNKNOWN_CURRENCY -> invoice(issue, beside.due, amount, "PSO");
      case YEAR_0202 -> invoice(issue.withYear(202), beside.due, amount, coin.name());
      case YEAR_2205 -> payment(issue.withYear(2205), half);
      case UNPARSEABLE_DATE -> invoice(issue.getYear() + "-02-30", beside.due, amount, coin.name());
      case UNPARSEABLE_AMOUNT -> invoice(issue, beside.due, "12.5O0", coin.name());
      case FORMULA_IN_NAME -> customer("=HYPERLINK(\"http://example.org\",\"ver\")");
      case NEWLINE_IN_NAME -> customer(a.customer.name() + "\nSucursal Centro");
      default -> throw new IllegalStateException("Cannot write " + flaw);
    }
  }

  private String nobody() {
    return Customer.id(a.settings, 0);
  }

  private void invoice(Object issue, LocalDate due, Object amount, String currency) {
    invoice(a.customer.id(), issue, due, amount, currency);
  }

  private void invoice(
      String customer, Object issue, LocalDate due, Object amount, String currency) {
    if (a.out.wants(Table.INVOICES)) {
      a.out.row(
          Table.INVOICES,
          "F" + number,
          customer,
          issue,
          due,
          amount,
          currency,
          "invoice",
          beside.portfolio,
          beside.debtType,
          null,
          null,
          null,
          null);
    }
  }

  private void payment(LocalDate day, Object amount) {
    payment(a.customer.id(), day, amount);
  }

  private void payment(String customer, LocalDate day, Object amount) {
    if (a.out.wants(Table.PAYMENTS)) {
      a.out.row(
          Table.PAYMENTS, "P" + number, customer, day, amount, coin.name(), "transfer", null, null);
    }
  }

  private void application(String invoice, Object amount) {
    if (a.out.wants(Table.PAYMENT_APPLICATIONS)) {
      a.out.row(Table.PAYMENT_APPLICATIONS, "P" + number, invoice, null, amount, null);
    }
  }

  private void adjustment(String invoice, Object amount) {
    if (a.out.wants(Table.ADJUSTMENTS)) {
      a.out.row(
          Table.ADJUSTMENTS,
          "J" + number,
          invoice,
          "credit_note",
          beside.issue,
          amount,
          null,
          null,
          null);
    }
  }

  private void customer(String name) {
    if (a.out.wants(Table.CUSTOMERS)) {
      Customer c = a.customer;
      a.out.row(
          Table.CUSTOMERS,
          "C" + number,
          name,
          null,
          c.country().name(),
          null,
          null,
          c.size().code(),
          c.size().segment,
          c.timezone(),
          null,
          c.coin().name(),
          null,
          c.since(),
          c.size() == Size.PERSON ? "consumer" : "business",
          null,
          null);
    }
  }
}
