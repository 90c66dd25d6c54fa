package io.recupero.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cash served which promise.
 *
 * <p>A promise without invoice is served by the customer's payments of its currency, by the day
 * they came; one with an invoice by the cash applied to that invoice, by the day of its
 * application; from the day it was made to three days after it is due. One unit of cash serves one
 * promise: the earliest due is served first, with the oldest cash. What was reversed or cancelled
 * is not handed over.
 */
public final class PromiseLedger {

  /** Days after the due date in which cash still counts. */
  public static final int GRACE = 3;

  private static final Comparator<Promise> IN_ORDER =
      Comparator.comparingInt(Promise::dueDay)
          .thenComparingInt(Promise::madeDay)
          .thenComparing(Promise::id);

  private final Map<Object, Money> monies = new HashMap<>();
  private final Map<String, List<Money>> byCurrency = new HashMap<>();
  private final Map<String, List<Piece>> pieces;
  private final Map<Piece, Long> used = new IdentityHashMap<>();

  /** A promise; {@code invoiceId} null: of no invoice. */
  public record Promise(
      String id, String currency, String invoiceId, int madeDay, int dueDay, long amount) {

    /** Returns the first day on which it can be judged. */
    public int judgedDay() {
      return dueDay + GRACE + 1;
    }

    /** Returns whether so much cash keeps it: at least 95 % of it. */
    public boolean isKeptBy(long cash) {
      return amount - cash <= amount / 20;
    }
  }

  /** A payment of the customer; {@code source} is what pieces of it name. */
  public record Payment(Object source, String currency, int paidDay, long amount) {}

  /** Cash of a payment, applied to an invoice; amount in the invoice's currency. */
  public record Piece(Object source, String currency, int appliedDay, long amount) {}

  private static final class Money {
    final Payment payment;
    final Map<String, Long> foreign = new HashMap<>();
    long left;

    Money(Payment payment) {
      this.payment = payment;
      this.left = payment.amount();
    }
  }

  private PromiseLedger(List<Payment> payments, Map<String, List<Piece>> pieces) {
    this.pieces = pieces;
    for (Payment payment : payments) {
      Money money = new Money(payment);
      monies.put(payment.source(), money);
      byCurrency.computeIfAbsent(payment.currency(), c -> new ArrayList<>()).add(money);
    }
    for (List<Piece> ofInvoice : pieces.values()) {
      for (Piece piece : ofInvoice) {
        Money money = monies.get(piece.source());
        if (money != null && !money.payment.currency().equals(piece.currency())) {
          money.foreign.merge(piece.currency(), piece.amount(), Long::sum);
        }
      }
    }
  }

  /**
   * Returns the cash that served each promise, in the order in which they were served.
   *
   * @param payments the customer's, oldest first
   * @param pieces by invoice, oldest first
   */
  public static Map<Promise, Long> serve(
      List<Promise> promises, List<Payment> payments, Map<String, List<Piece>> pieces) {
    PromiseLedger ledger = new PromiseLedger(payments, pieces);
    Map<Promise, Long> served = new LinkedHashMap<>();
    promises.stream()
        .sorted(IN_ORDER)
        .forEach(
            promise ->
                served.put(
                    promise,
                    promise.invoiceId() == null
                        ? ledger.fromPayments(promise)
                        : ledger.fromInvoice(promise)));
    return served;
  }

  private long fromPayments(Promise promise) {
    List<Money> candidates = byCurrency.getOrDefault(promise.currency(), List.of());
    long served = 0;
    for (int i = firstFrom(candidates, promise.madeDay()); i < candidates.size(); i++) {
      Money money = candidates.get(i);
      if (money.payment.paidDay() > promise.dueDay() + GRACE || served == promise.amount()) {
        break;
      }
      long taken = Math.min(money.left, promise.amount() - served);
      money.left -= taken;
      served += taken;
    }
    return served;
  }

  private static int firstFrom(List<Money> sorted, int day) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).payment.paidDay() < day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long fromInvoice(Promise promise) {
    long served = 0;
    for (Piece piece : pieces.getOrDefault(promise.invoiceId(), List.of())) {
      boolean inTime =
          piece.appliedDay() >= promise.madeDay() && piece.appliedDay() <= promise.dueDay() + GRACE;
      if (inTime && piece.currency().equals(promise.currency())) {
        long taken = Math.min(left(piece), promise.amount() - served);
        take(piece, taken);
        served += taken;
      }
    }
    return served;
  }

  /** What neither this invoice's nor the payer's other promises have used of a piece. */
  private long left(Piece piece) {
    long unused = piece.amount() - used.getOrDefault(piece, 0L);
    Money money = monies.get(piece.source());
    if (money == null) {
      return unused; // somebody else paid: that payment is none of this customer's
    }
    long free = money.left;
    if (!money.payment.currency().equals(piece.currency())) {
      free = share(money.foreign.get(piece.currency()), money.left, money.payment.amount());
    }
    return Math.max(0, Math.min(unused, free));
  }

  private void take(Piece piece, long amount) {
    used.merge(piece, amount, Long::sum);
    Money money = monies.get(piece.source());
    if (money == null) {
      return;
    }
    boolean same = money.payment.currency().equals(piece.currency());
    money.left -=
        same ? amount : share(money.payment.amount(), amount, money.foreign.get(piece.currency()));
  }

  /** A payment in pesos for an invoice in UF is used in the proportion in which its UF are. */
  private static long share(long whole, long part, long of) {
    return BigInteger.valueOf(whole)
        .multiply(BigInteger.valueOf(part))
        .divide(BigInteger.valueOf(of))
        .longValueExact();
  }
}
