package io.recupero.segment;

import io.recupero.ledger.PromiseLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The promises of a snapshot, and the cash that served them. */
final class KeptPromises {

  /** A promise that can be judged: its last day has passed. */
  record Judged(PromiseLedger.Promise promise, long cash) {

    boolean isKept() {
      return promise.isKeptBy(cash);
    }

    int judgedDay() {
      return promise.judgedDay();
    }
  }

  private KeptPromises() {}

  /** Returns the promises that can be judged on the day of the snapshot, earliest due first. */
  static List<Judged> judge(Snapshot customer) {
    List<PromiseLedger.Promise> promises =
        customer.promises.stream()
            .map(
                it ->
                    new PromiseLedger.Promise(
                        it.id(),
                        it.currency(),
                        it.invoiceId(),
                        it.madeDay(),
                        it.dueDay(),
                        it.amount()))
            .filter(it -> it.judgedDay() <= customer.day)
            .toList();
    List<PromiseLedger.Payment> payments =
        customer.payments.stream()
            .map(it -> new PromiseLedger.Payment(it.id(), it.currency(), it.paidDay(), it.amount()))
            .toList();
    List<Judged> judged = new ArrayList<>();
    PromiseLedger.serve(promises, payments, pieces(customer))
        .forEach((promise, cash) -> judged.add(new Judged(promise, cash)));
    return judged;
  }

  private static Map<String, List<PromiseLedger.Piece>> pieces(Snapshot customer) {
    Map<String, List<PromiseLedger.Piece>> pieces = new HashMap<>();
    for (DebtState debt : customer.debts) {
      pieces.put(
          debt.document.id(),
          debt.pieces.stream()
              .filter(DebtState.Piece::cash)
              .map(
                  it ->
                      new PromiseLedger.Piece(
                          it.sourceId(), debt.currency, it.appliedDay(), it.amount()))
              .toList());
    }
    return pieces;
  }
}
