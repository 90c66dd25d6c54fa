package io.recupero.mart;

import io.recupero.ledger.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The cash that came for an invoice while it was overdue, each piece under the day on which it was
 * applied: what is taken back is taken from that day too, and where it came before the invoice was
 * overdue it was never credited and is not taken back.
 */
final class CreditedCash {

  /** Takes cash of a day, in minor units; below zero where it is taken back. */
  interface Taker {
    void take(int cashDay, long amount);
  }

  private static final class Piece {
    final Receivable.Event cash;
    long left;

    Piece(Receivable.Event cash) {
      this.cash = cash;
      this.left = -cash.amount();
    }
  }

  private CreditedCash() {}

  /** Hands over what came or was taken back from one day to another, both with. */
  static void forEach(Receivable of, int graceDays, int from, int to, Taker taker) {
    List<Piece> pieces = new ArrayList<>(2);
    for (Receivable.Event event : of.events) {
      if (event.day() > to) {
        return;
      }
      if (event.kind() != EventKind.CASH) {
        continue;
      }
      boolean counts = event.day() >= from;
      if (event.amount() < 0) {
        pieces.add(new Piece(event));
        if (counts && isOverdue(of, graceDays, event.day())) {
          taker.take(event.day(), -event.amount());
        }
      } else {
        takeBack(of, graceDays, pieces, event, counts ? taker : (cashDay, amount) -> {});
      }
    }
  }

  /** The cash of a payment that was applied last is taken back first. */
  private static void takeBack(
      Receivable of, int graceDays, List<Piece> pieces, Receivable.Event event, Taker taker) {
    long left = event.amount();
    for (int i = pieces.size() - 1; i >= 0 && left > 0; i--) {
      Piece piece = pieces.get(i);
      long taken = piece.cash.source() == event.source() ? Math.min(left, piece.left) : 0;
      if (taken > 0) {
        piece.left -= taken;
        left -= taken;
        if (isOverdue(of, graceDays, piece.cash.day())) {
          taker.take(piece.cash.day(), -taken);
        }
      }
    }
  }

  private static boolean isOverdue(Receivable of, int graceDays, int day) {
    return day - of.dueDay > graceDays;
  }
}
