package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.PromiseLedger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A customer's promises and the cash that serves them, as seen from a day: what was reversed or
 * cancelled by then counts for nothing.
 */
final class Promises {

  private final Debtor debtor;
  private final List<WorkRecord> records;
  private final List<WorkRecord> payments;

  /** The days on which cash is taken back or a promise cancelled: only they change what served. */
  private final int[] turns;

  private final Map<Integer, Map<String, Served>> served = new HashMap<>();

  /** What served a promise, in ten-thousandths. */
  record Served(PromiseLedger.Promise promise, long cash) {}

  private Promises(Debtor debtor, List<WorkRecord> records, List<WorkRecord> payments) {
    this.debtor = debtor;
    this.records = records;
    this.payments = payments;
    Set<Integer> days = new TreeSet<>();
    records.forEach(it -> days.add(it.day(2)));
    payments.stream().filter(it -> it.text(1) != null).forEach(it -> days.add(it.day(0)));
    for (Receivable receivable : debtor.receivables.values()) {
      for (Receivable.Event event : receivable.events) {
        if (event.kind() == EventKind.CASH && event.amount() > 0) {
          days.add(event.day());
        }
      }
    }
    this.turns =
        days.stream().mapToInt(day -> day).filter(day -> day != WorkRecord.NO_DAY).toArray();
  }

  static Promises of(Dossier dossier, Debtor debtor) {
    List<WorkRecord> records = dossier.of(WorkRows.PROMISE, 1);
    return new Promises(
        debtor, records, records.isEmpty() ? List.of() : dossier.of(WorkRows.PAYMENT, 0));
  }

  List<WorkRecord> records() {
    return records;
  }

  /** Returns the days from one to another, both with, on which what served can change. */
  void addTurns(int from, int to, Days days) {
    for (int turn : turns) {
      if (turn >= from && turn <= to) {
        days.add(turn);
      }
    }
  }

  /** Returns what has served a promise as seen from a day; null for one that is cancelled. */
  Served served(String id, int day) {
    int at = Arrays.binarySearch(turns, day);
    int turn = at >= 0 ? at + 1 : -at - 1;
    return served.computeIfAbsent(turn, ignored -> serve(day)).get(id);
  }

  private Map<String, Served> serve(int day) {
    List<PromiseLedger.Promise> standing = new ArrayList<>();
    for (WorkRecord it : records) {
      if (!it.has(2) || it.day(2) > day) {
        standing.add(
            new PromiseLedger.Promise(
                it.id(), it.text(0), it.text(2), it.day(0), it.day(1), it.number(3)));
      }
    }
    Map<String, Served> results = new HashMap<>();
    PromiseLedger.serve(standing, received(day), pieces(standing, day))
        .forEach((promise, cash) -> results.put(promise.id(), new Served(promise, cash)));
    return results;
  }

  private List<PromiseLedger.Payment> received(int day) {
    Set<Long> reversed = new HashSet<>();
    for (WorkRecord payment : payments) {
      if (payment.text(1) != null && payment.day(0) <= day) {
        reversed.add(payment.number(3));
      }
    }
    List<PromiseLedger.Payment> received = new ArrayList<>();
    for (WorkRecord it : payments) {
      if (it.text(1) == null && !reversed.contains(it.number(2))) {
        received.add(new PromiseLedger.Payment(it.number(2), it.text(0), it.day(0), it.number(1)));
      }
    }
    return received;
  }

  private Map<String, List<PromiseLedger.Piece>> pieces(
      List<PromiseLedger.Promise> standing, int day) {
    Map<String, List<PromiseLedger.Piece>> pieces = new HashMap<>();
    // What a payment gave to other invoices is used by their promises only, but in another currency
    // it also tells at which rate the payment is used: so every invoice counts.
    boolean isOfInvoices = standing.stream().anyMatch(it -> it.invoiceId() != null);
    if (isOfInvoices) {
      debtor.receivables.forEach(
          (id, receivable) -> pieces.put(id.toString(), receivable.cashPieces(day)));
    }
    return pieces;
  }
}
