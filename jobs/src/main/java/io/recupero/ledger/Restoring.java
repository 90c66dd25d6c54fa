package io.recupero.ledger;

import io.recupero.ledger.Books.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts back what a reversal took, because that reversal is reversed. */
final class Restoring {

  private final Books books;
  private final File file;
  private final Reversible original;
  private final Fund fund;

  Restoring(Books books, File file, Reversible original) {
    this.books = books;
    this.file = file;
    this.original = original;
    this.fund = original.fund();
  }

  /**
   * Puts an amount back, what was taken last first.
   *
   * @param taken what the reversal did, oldest first
   * @param before how much of it was put back already
   */
  void restore(List<Move> taken, long before, long amount) {
    long skip = before;
    long left = amount;
    boolean isWhole = before == 0 && amount == amountOf(taken);
    for (int i = taken.size() - 1; i >= 0; i--) {
      Move move = taken.get(i);
      if (move.fund() == fund && move.lost() > 0) {
        long passed = Math.min(skip, move.lost());
        skip -= passed;
        long part = Math.min(left, move.lost() - passed);
        left -= part;
        if (part > 0) {
          restore(move, part);
        }
      } else if (isWhole && move.account() != null) {
        followUp(move);
      }
    }
    applyWhatIsDue();
  }

  /** Returns how much a reversal took from its fund. */
  long amountOf(List<Move> taken) {
    return taken.stream()
        .filter(it -> it.fund() == fund)
        .mapToLong(it -> Math.abs(it.lost()))
        .sum();
  }

  private void restore(Move move, long money) {
    Account account = move.account();
    if (account == null) {
      books.fund(fund, move.waiting() < 0 ? money : 0, move.reserved() < 0 ? money : 0, -money);
      if (move.unapplied() == 0 && original instanceof Adjustment late && wasToCome(late, move)) {
        late.again(books, file, late.account(file), money);
      }
      return;
    }
    long amount = Money.share(move.amount(), money, move.lost(), account.currency);
    switch (move.kind()) {
      case CASH, CREDIT -> books.apply(account, fund, amount, 0, money);
      case WRITE_OFF_RECOVERY -> {
        if (fund.cash) {
          books.apply(account, fund, amount, 0, money);
        } else {
          again(account, amount, money);
        }
      }
      case REFUND -> {
        Undoing.release(books, account, amount - account.balance);
        books.use(EventKind.REFUND, account, -amount, fund, 0, 0, -money);
      }
      default -> again(account, amount, money);
    }
  }

  private void again(Account account, long amount, long money) {
    books.fund(fund, 0, 0, -money);
    original.again(books, file, account, amount);
  }

  /** Whether the reversal came, on one day, before what it reverses, which so was never posted. */
  private boolean wasToCome(Adjustment adjustment, Move move) {
    return adjustment.agendaDay == move.day()
        && adjustment.step() == Document.Step.CREDIT
        && move.day() < books.day();
  }

  /** Takes back what followed from a reversal on an invoice. */
  private void followUp(Move move) {
    Fund from = move.fund();
    if (move.of() == null && move.reserved() < 0) {
      Part rest = books.remaining(move); // cash that was a recovery before
      if (rest.amount() > 0) {
        books.giveBack(move, rest.amount(), 0, rest.money(), false);
        books.use(
            EventKind.WRITE_OFF_RECOVERY, move.account(), rest.amount(), from, 0, -rest.money(), 0);
      }
    } else if (move.of() != null && move.kind().movesBalance()) {
      long amount = Math.min(move.amount(), move.account().balance);
      long money = Money.share(move.waiting(), amount, move.amount(), from.currency);
      if (amount > 0 && money <= from.waiting) {
        books.use(move.kind(), move.account(), -amount, from, -money, 0, 0);
      }
    }
  }

  /** Applications that came to nothing while their payment was reversed count from now on. */
  private void applyWhatIsDue() {
    if (fund.reserved == 0 || !(original instanceof PaymentDocument payment)) {
      return;
    }
    Map<Account, Long> due = new HashMap<>();
    for (ApplicationDocument application : payment.due(file, books.day())) {
      Account account = application.account(file);
      long all = due.merge(account, application.money(), Long::sum);
      long used = 0;
      for (Move move : fund.moves) {
        used -= move.account() == account ? move.reserved() : 0;
      }
      application.apply(books, file, Math.min(all - used, application.money()));
    }
  }
}
