package io.recupero.sample;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer's records, or a stretch of them, as they are written: gives out ids, writes rows and
 * keeps the balances. Nothing dated after the end of the history is written.
 */
final class Account {

  /** The creditor's time zone. */
  static final ZoneId ZONE = ZoneId.of("America/Santiago");

  final GeneratorSettings settings;
  final Customer customer;
  final Draw draw;
  final Out out;
  final LocalDate end;

  /** Every receivable told so far, in order. */
  final List<Bill> bills = new ArrayList<>();

  private final Ids ids;
  private Bill waiting;

  Account(GeneratorSettings settings, Customer customer, int part, int parts, Out out) {
    this.settings = settings;
    this.customer = customer;
    this.draw = new Draw(settings.seed(), customer.number(), part, 2);
    this.out = out;
    this.end = settings.end();
    this.ids = new Ids(Customer.digits(settings, customer.number()), part, parts);
  }

  String id(char kind) {
    return ids.next(kind);
  }

  /** Returns a receivable to tell a story of; {@link #write} writes it. */
  Bill bill(Coin coin, LocalDate issue, LocalDate due, long amount, String type, String planId) {
    Bill bill = new Bill(id('F'), coin, issue, due, amount, type, planId);
    bill.debtType = customer.debtType();
    bill.portfolio = portfolio();
    bills.add(bill);
    return bill;
  }

  /** Tells a story of an invoice; false, and nothing is written, where it does not fit. */
  boolean tell(Case story, Bill bill) {
    boolean told = story.story.tell(this, bill);
    if (told) {
      out.count(story);
    }
    return told;
  }

  void write(Bill bill) {
    write(bill, bill.amount, bill.recordedAt);
  }

  void write(Bill bill, long amount, Object recordedAt) {
    if (out.wants(Table.INVOICES)) {
      out.row(
          Table.INVOICES,
          bill.id,
          customer.id(),
          bill.issue,
          bill.due,
          bill.coin.money(amount),
          bill.coin.name(),
          bill.type,
          bill.portfolio,
          bill.debtType,
          bill.planId,
          bill.discountUntil,
          bill.discount == null ? null : bill.coin.money(bill.discount),
          recordedAt);
    }
  }

  /** Pays what is open, see {@link #pay}. */
  Payment settle(Bill bill, LocalDate day) {
    return pay(bill, day, bill.open, Payment.How.USUAL);
  }

  /** Settles an invoice; now and then together with the one before. */
  void settleTogether(Bill bill, LocalDate day) {
    boolean hold = draw.chance(0.08);
    if (waiting != null && waiting.coin == bill.coin && !day.isAfter(end)) {
      both(waiting, bill, day);
      waiting = null;
    } else if (hold && waiting == null && bill.coin != Coin.CLF) {
      waiting = bill;
    } else {
      settle(bill, day);
    }
  }

  private void both(Bill first, Bill second, LocalDate wanted) {
    LocalDate day = wanted.isBefore(first.due) ? first.due : wanted;
    if (day.isAfter(end)) {
      return;
    }
    Payment payment = payment(day, first.coin, first.open + second.open, Payment.How.USUAL);
    apply(payment, first, first.open, null);
    apply(payment, second, second.open, null);
    out.count(Case.SEVERAL_AT_ONCE);
  }

  /**
   * Pays towards an invoice by a payment of its own, once the invoice is there.
   *
   * @param units in the invoice's coin
   * @return null, and nothing is written, where the day is after the end of the history
   */
  Payment pay(Bill bill, LocalDate wanted, long units, Payment.How how) {
    return payOn(bill, moved(bill, wanted.isBefore(bill.issue) ? bill.issue : wanted), units, how);
  }

  /** Pays on the very day, be it before the invoice is issued; null as for {@link #pay}. */
  Payment payOn(Bill bill, LocalDate day, long units, Payment.How how) {
    if (day.isAfter(end) || units <= 0) {
      return null;
    }
    Payment payment = payment(day, bill.coin.paidIn(), bill.coin.toPay(units, day), how);
    apply(payment, bill, units, how.appliedOn(day, end));
    return payment;
  }

  /** Writes a payment that is, so far, for nothing. */
  Payment payment(LocalDate day, Coin coin, long units, Payment.How how) {
    String payer = how.payer() == null ? customer.id() : how.payer();
    Payment payment = new Payment(id('P'), payer, day, coin, units, how.method(draw));
    payment.write(out, null, how.recordedAt(day, end, draw));
    return payment;
  }

  /** Applies part of a payment; the amount in the payment's coin is given where the two differ. */
  void apply(Payment payment, Bill bill, long units, LocalDate appliedOn) {
    boolean foreign = payment.coin() != bill.coin;
    if (out.wants(Table.PAYMENT_APPLICATIONS)) {
      out.row(
          Table.PAYMENT_APPLICATIONS,
          payment.id(),
          bill.id,
          appliedOn,
          bill.coin.money(units),
          foreign ? payment.coin().money(payment.units()) : null);
    }
    if (foreign) {
      out.count(Case.UF_IN_PESOS);
    }
    bill.take(units, appliedOn == null ? payment.day() : appliedOn);
  }

  /** Takes back a payment that went to one invoice. */
  void reverse(Payment payment, Bill bill, long units, LocalDate day) {
    Payment back =
        new Payment(
            id('P'), payment.payer(), day, payment.coin(), payment.units(), payment.method());
    back.write(out, payment.id(), null);
    bill.take(-units, day);
  }

  /**
   * Writes an adjustment and moves the balance by it.
   *
   * @return its id
   */
  String adjust(
      Bill bill, String kind, LocalDate day, long units, String planId, Object recordedAt) {
    String id = id('J');
    adjustment(id, bill, kind, day, units, planId, null, recordedAt);
    boolean charge = kind.equals("interest") || kind.equals("penalty");
    if (!kind.equals("write_off_recovery")) {
      bill.take(charge ? -units : units, day);
    }
    return id;
  }

  void adjustment(
      String id,
      Bill bill,
      String kind,
      LocalDate day,
      long units,
      String planId,
      String reverses,
      Object recordedAt) {
    if (out.wants(Table.ADJUSTMENTS)) {
      out.row(
          Table.ADJUSTMENTS,
          id,
          bill.id,
          kind,
          day,
          bill.coin.money(units),
          planId,
          reverses,
          recordedAt);
    }
  }

  /** Returns a time of a working day in the creditor's zone. */
  OffsetDateTime timeOn(LocalDate day) {
    LocalTime time = LocalTime.of(draw.between(8, 18), draw.below(60), draw.below(60));
    return day.atTime(time).atZone(ZONE).toOffsetDateTime();
  }

  /** Moves one payment in eight to the big day, of those the invoice was there for. */
  private LocalDate moved(Bill bill, LocalDate day) {
    boolean moves = settings.oneBigDay() && !customer.tidy() && draw.chance(0.12);
    return moves && !bill.issue.isAfter(settings.bigDay()) ? settings.bigDay() : day;
  }

  private String portfolio() {
    return switch (customer.debtType()) {
      case "loan" -> "P3";
      case "rent" -> "P4";
      default -> customer.size() == Size.PERSON ? "P2" : "P1";
    };
  }
}
