package io.recupero.ledger;

import io.recupero.ledger.Books.Part;
import io.recupero.ledger.EventKind.Exit;
import java.util.List;

/** Takes amounts back from where they went. */
final class Undoing {

  private Undoing() {}

  /**
   * Takes an amount back from a fund: what never came to anything first, then what waits, what is
   * kept back, what was used, the last use first, and what was given back.
   *
   * @return what the fund did not have
   */
  static long takeBack(Books books, Fund fund, long amount) {
    long left = amount;
    long part = Math.min(left, idle(books, fund));
    books.fund(fund, 0, 0, part);
    left -= part;
    part = Math.min(left, fund.waiting);
    books.fund(fund, -part, 0, part);
    left -= part;
    part = Math.min(left, fund.reserved);
    books.fund(fund, 0, -part, part);
    left -= part;
    left = takeBack(books, fund, left, false);
    return takeBack(books, fund, left, true);
  }

  private static long takeBack(Books books, Fund fund, long amount, boolean refunds) {
    long left = amount;
    for (int i = fund.moves.size() - 1; i >= 0 && left > 0; i--) {
      Move use = fund.moves.get(i);
      if (use.isUse() && (use.kind() == EventKind.REFUND) == refunds) {
        long part = Math.min(left, books.remaining(use).money());
        takeBack(books, use, part);
        left -= part;
      }
    }
    return left;
  }

  /** What of a document did nothing: what was cut off it, or all where it is yet to be posted. */
  private static long idle(Books books, Fund fund) {
    long idle = fund.amount - fund.lost - fund.waiting - fund.reserved;
    for (Move move : fund.moves) {
      if (move.isUse()) {
        idle -= books.remaining(move).money();
      }
    }
    return Math.max(0, idle);
  }

  private static void takeBack(Books books, Move use, long money) {
    if (money == 0) {
      return;
    }
    Part rest = books.remaining(use);
    Account account = use.account();
    long amount = Money.share(rest.amount(), money, rest.money(), account.currency);
    switch (use.kind()) {
      case WRITE_OFF_RECOVERY -> books.lose(use, -amount, money);
      case INTEREST, PENALTY -> {
        release(books, account, amount - account.balance);
        books.lose(use, -amount, money);
      }
      case REFUND -> {
        account.dueFrom(books.day());
        books.lose(use, amount, money);
      }
      case WRITE_OFF -> {
        books.lose(use, amount, money);
        turnRecoveriesIntoCash(books, account);
      }
      default -> books.lose(use, amount, money);
    }
  }

  /** What came for a written-off invoice pays it, now that it is owed again. */
  private static void turnRecoveriesIntoCash(Books books, Account account) {
    for (Move use : List.copyOf(account.moves)) {
      if (use.kind() == EventKind.WRITE_OFF_RECOVERY && use.fund().cash && use.isUse()) {
        Part rest = books.remaining(use);
        long amount = Math.min(rest.amount(), account.balance);
        if (amount > 0) {
          long money = Money.share(rest.money(), amount, rest.amount(), use.fund().currency);
          books.giveBack(use, -amount, 0, money, false);
          books.apply(account, use.fund(), amount, money, 0);
        }
      }
    }
  }

  /**
   * Takes off an invoice, latest first, what would be beyond its balance once a charge is taken
   * back: money returns to its fund and waits again, what has no money behind it is cut.
   */
  static void release(Books books, Account account, long amount) {
    long left = amount;
    for (int i = account.moves.size() - 1; i >= 0 && left > 0; i--) {
      Move use = account.moves.get(i);
      if (use.isUse() && use.kind().exit() != Exit.NONE) {
        left -= release(books, use, left, false);
      }
    }
  }

  /**
   * Lets cash of an invoice wait again, to make room for another reduction: what was allocated
   * automatically first, of each the latest first.
   */
  static void releaseCash(Books books, Account account, long amount) {
    long left = amount;
    for (boolean automatic : new boolean[] {true, false}) {
      for (int i = account.moves.size() - 1; i >= 0 && left > 0; i--) {
        Move use = account.moves.get(i);
        if (use.isUse() && use.kind() == EventKind.CASH && use.isAutomatic() == automatic) {
          left -= release(books, use, left, true);
        }
      }
    }
  }

  private static long release(Books books, Move use, long most, boolean makesRoom) {
    Part rest = books.remaining(use);
    long amount = Math.min(most, rest.amount());
    if (amount > 0) {
      long money = Money.share(rest.money(), amount, rest.amount(), use.fund().currency);
      books.giveBack(use, amount, use.kind().hasMoney() ? money : 0, 0, makesRoom);
    }
    return amount;
  }
}
