package io.recupero.segment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cash served which promise.
 *
 * <p>A promise without invoice is served by the customer's payments of its currency, by the day
 * they came; one with an invoice by the cash applied to that invoice, by the day of its
 * application; from the day it was made to three days after it is due. One unit of cash serves one
 * promise: the earliest due is served first, with the oldest cash.
 */
final class PromiseLedger {

  /** Days after the due date in which cash still counts. */
  static final int GRACE = 3;

  /** A promise that can be judged: its last day has passed. */
  record Judged(History.Promise promise, long cash) {

    /** Returns whether at least 95 % came. */
    boolean isKept() {
      return Math.multiplyExact(cash, 20L) >= Math.multiplyExact(promise.amount(), 19L);
    }

    /** Returns the first day on which it can be judged. */
    int judgedDay() {
      return promise.dueDay() + GRACE + 1;
    }
  }

  private static final class Money {
    final History.Payment payment;
    final Map<String, Long> foreign = new HashMap<>();
    long left;

    Money(History.Payment payment) {
      this.payment = payment;
      this.left = payment.amount();
    }
  }

  private final Snapshot customer;
  private final Map<String, Money> monies = new HashMap<>();
  private final Map<DebtState.Piece, Long> used = new HashMap<>();

  private PromiseLedger(Snapshot customer) {
    this.customer = customer;
    customer.payments.forEach(payment -> monies.put(payment.id(), new Money(payment)));
    for (DebtState debt : customer.debts) {
      for (DebtState.Piece piece : debt.pieces) {
        Money money = monies.get(piece.sourceId());
        if (money != null && piece.cash() && !money.payment.currency().equals(debt.currency)) {
          money.foreign.merge(debt.currency, piece.amount(), Long::sum);
        }
      }
    }
  }

  /** Returns the promises that can be judged on the day of the snapshot, earliest due first. */
  static List<Judged> judge(Snapshot customer) {
    PromiseLedger ledger = new PromiseLedger(customer);
    List<Judged> judged = new ArrayList<>();
    for (History.Promise promise : customer.promises) {
      if (promise.dueDay() + GRACE < customer.day) {
        judged.add(new Judged(promise, ledger.serve(promise)));
      }
    }
    return judged;
  }

  private long serve(History.Promise promise) {
    return promise.invoiceId() == null ? fromPayments(promise) : fromInvoice(promise);
  }

  private long fromPayments(History.Promise promise) {
    long served = 0;
    for (History.Payment payment : customer.payments) {
      if (inTime(promise, payment.paidDay()) && payment.currency().equals(promise.currency())) {
        Money money = monies.get(payment.id());
        long taken = Math.min(money.left, promise.amount() - served);
        money.left -= taken;
        served += taken;
      }
    }
    return served;
  }

  private long fromInvoice(History.Promise promise) {
    DebtState debt = customer.debt(promise.invoiceId());
    if (debt == null || !debt.currency.equals(promise.currency())) {
      return 0;
    }
    long served = 0;
    for (DebtState.Piece piece : debt.pieces) {
      if (piece.cash() && inTime(promise, piece.appliedDay())) {
        long taken = Math.min(left(piece, debt.currency), promise.amount() - served);
        take(piece, debt.currency, taken);
        served += taken;
      }
    }
    return served;
  }

  /** What neither this invoice's nor the payer's other promises have used of a piece. */
  private long left(DebtState.Piece piece, String currency) {
    long unused = piece.amount() - used.getOrDefault(piece, 0L);
    Money money = monies.get(piece.sourceId());
    if (money == null) {
      return unused; // somebody else paid: that payment is none of this customer's
    }
    long free = money.left;
    if (!money.payment.currency().equals(currency)) {
      free = share(money.foreign.get(currency), money.left, money.payment.amount());
    }
    return Math.max(0, Math.min(unused, free));
  }

  private void take(DebtState.Piece piece, String currency, long amount) {
    used.merge(piece, amount, Long::sum);
    Money money = monies.get(piece.sourceId());
    if (money == null) {
      return;
    }
    boolean same = money.payment.currency().equals(currency);
    money.left -=
        same ? amount : share(money.payment.amount(), amount, money.foreign.get(currency));
  }

  /** A payment in pesos for an invoice in UF is used in the proportion in which its UF are. */
  private static long share(long whole, long part, long of) {
    return BigInteger.valueOf(whole)
        .multiply(BigInteger.valueOf(part))
        .divide(BigInteger.valueOf(of))
        .longValueExact();
  }

  private static boolean inTime(History.Promise promise, int day) {
    return day >= promise.madeDay() && day <= promise.dueDay() + GRACE;
  }
}
