package io.recupero.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What is owed and what waits while a walk goes on, and the journal of how it came to be.
 *
 * <p>Every change is a {@link Move}, so the books can be wound back to the morning of any day.
 */
final class Books {

  private final Map<String, Map<String, Wallet>> wallets = new HashMap<>();
  private final Set<Wallet> touched = new LinkedHashSet<>();
  private List<Move> journal = new ArrayList<>();
  private final Map<Move, Part> takenBack = new IdentityHashMap<>();
  private int day;

  /** An amount in the currency of its invoice, and the same in that of its fund. */
  record Part(long amount, long money) {
    static final Part NOTHING = new Part(0, 0);
  }

  /** Starts a day; what follows is effective on it. */
  void open(int day) {
    this.day = day;
  }

  int day() {
    return day;
  }

  Wallet wallet(String customerId, String currency) {
    return wallets
        .computeIfAbsent(customerId, c -> new HashMap<>(2))
        .computeIfAbsent(currency, c -> new Wallet());
  }

  /** Adds to what is owed. */
  void charge(EventKind kind, Account account, Fund by, long amount) {
    post(new Move(day, kind, account, amount, by, 0, 0, 0, null, false, null));
  }

  /** Takes up to {@code amount} from what is owed and returns what was beyond the balance. */
  long take(EventKind kind, Account account, Fund by, long amount) {
    long taken = Math.min(amount, account.balance);
    if (taken > 0) {
      post(new Move(day, kind, account, -taken, by, 0, 0, 0, null, false, null));
    }
    return amount - taken;
  }

  /** Lets an amount wait in its fund. */
  void await(Fund fund, long amount) {
    fund(fund, amount, 0, 0);
  }

  /** Changes what a fund lets wait, keeps back and has lost. */
  void fund(Fund fund, long waiting, long reserved, long lost) {
    if (waiting != 0 || reserved != 0 || lost != 0) {
      post(new Move(day, fund.kind(), null, 0, fund, waiting, reserved, lost, null, false, null));
    }
  }

  /** Notes something without any amount. */
  void note(EventKind kind, Account account, Fund fund, LedgerFinding finding) {
    post(new Move(day, kind, account, 0, fund, 0, 0, 0, null, false, finding.id()));
  }

  /**
   * Lets the money of a fund reach an invoice: what is owed is paid, what a write-off has ended is
   * recovered, and the rest waits again.
   *
   * @param amount in the account's currency
   * @param reserved how much of the same, in the fund's currency, was kept back for it
   * @param lost how much of it a reversal had taken
   */
  void apply(Account account, Fund fund, long amount, long reserved, long lost) {
    long recovered = fund.cash ? Math.min(amount, account.recoverable()) : 0;
    long used = recovered > 0 ? recovered : Math.min(amount, account.balance);
    long beyond = Money.share(reserved + lost, amount - used, amount, fund.currency);
    EventKind kind = recovered > 0 ? EventKind.WRITE_OFF_RECOVERY : fund.kind();
    long change = recovered > 0 ? used : -used;
    post(new Move(day, kind, account, change, fund, beyond, -reserved, -lost, null, false, null));
  }

  /** Uses what a fund has on an account. */
  void use(
      EventKind kind,
      Account account,
      long change,
      Fund fund,
      long waiting,
      long reserved,
      long lost) {
    post(new Move(day, kind, account, change, fund, waiting, reserved, lost, null, false, null));
  }

  /** Takes a use, or part of it, back from its account; its fund does not get it again. */
  void lose(Move use, long change, long money) {
    Fund fund = use.fund();
    post(new Move(day, use.kind(), use.account(), change, fund, 0, 0, money, use, false, null));
  }

  /** Takes a use, or part of it, back from its account, and gives it to its fund again. */
  void giveBack(Move use, long change, long waiting, long reserved, boolean makesRoom) {
    post(
        new Move(
            day,
            use.kind(),
            use.account(),
            change,
            use.fund(),
            waiting,
            reserved,
            0,
            use,
            makesRoom,
            null));
  }

  /** Returns what of a use its fund has not taken back. */
  Part remaining(Move use) {
    Part back = takenBack.get(use);
    return back == null
        ? new Part(use.amount(), use.money())
        : new Part(use.amount() - back.amount, use.money() - back.money);
  }

  /** Returns a place in the journal, for {@link #after}. */
  int mark() {
    return journal.size();
  }

  /** Returns the moves that were posted after a mark of the same day. */
  List<Move> after(int mark) {
    return List.copyOf(journal.subList(mark, journal.size()));
  }

  /**
   * Ends the day: waiting money goes to open invoices, each in its order.
   *
   * @param held how much of a fund's waiting money is to be given back
   */
  void close(boolean allocate, ToLongFunction<Fund> held) {
    if (allocate) {
      for (Wallet wallet : List.copyOf(touched)) {
        Fund fund = wallet.waiting.isEmpty() ? null : wallet.waiting.first();
        while (fund != null && !wallet.open.isEmpty()) {
          long free = fund.waiting - held.applyAsLong(fund);
          while (free > 0 && !wallet.open.isEmpty()) {
            Account account = wallet.open.first();
            long amount = Math.min(free, account.balance);
            free -= amount;
            post(
                new Move(
                    day, fund.kind(), account, -amount, fund, -amount, 0, 0, null, false, null));
          }
          fund = wallet.waiting.higher(fund);
        }
      }
    }
    touched.clear();
  }

  /** Winds back to the morning of a day and returns the moves undone, oldest first. */
  List<Move> rewind(int toDay) {
    int from = journal.size();
    while (from > 0 && journal.get(from - 1).day() >= toDay) {
      from--;
    }
    List<Move> undone = journal.subList(from, journal.size());
    for (int i = undone.size() - 1; i >= 0; i--) {
      undo(undone.get(i));
    }
    List<Move> result = List.copyOf(undone);
    undone.clear();
    touched.clear();
    return result;
  }

  /** Returns the moves of the day {@code fromDay} and later. */
  List<Move> since(int fromDay) {
    int from = journal.size();
    while (from > 0 && journal.get(from - 1).day() >= fromDay) {
      from--;
    }
    return journal.subList(from, journal.size());
  }

  private void post(Move move) {
    journal.add(move);
    change(move, 1);
    if (move.fund() != null) {
      move.fund().moves.add(move);
    }
    if (move.account() != null) {
      move.account().moves.add(move);
    }
  }

  private void undo(Move move) {
    change(move, -1);
    if (move.fund() != null) {
      move.fund().moves.remove(move.fund().moves.size() - 1);
    }
    if (move.account() != null) {
      move.account().moves.remove(move.account().moves.size() - 1);
    }
  }

  private void change(Move move, int sign) {
    if (move.of() != null) {
      Part back = takenBack.getOrDefault(move.of(), Part.NOTHING);
      Part now = new Part(back.amount + sign * move.amount(), back.money + sign * move.money());
      if (now.equals(Part.NOTHING)) {
        takenBack.remove(move.of());
      } else {
        takenBack.put(move.of(), now);
      }
    }
    Account account = move.account();
    if (account != null && move.accountAmount() != 0 && move.kind().movesBalance()) {
      boolean wasOpen = account.balance > 0;
      account.balance = Math.addExact(account.balance, sign * move.accountAmount());
      boolean isOpen = account.balance > 0;
      if (wasOpen != isOpen) {
        if (isOpen) {
          account.wallet.open.add(account);
        } else {
          account.wallet.open.remove(account);
        }
      }
      touched.add(account.wallet);
    }
    Fund fund = move.fund();
    if (fund != null && (move.waiting() != 0 || move.reserved() != 0 || move.lost() != 0)) {
      fund.lost = Math.addExact(fund.lost, sign * move.lost());
      fund.reserved = Math.addExact(fund.reserved, sign * move.reserved());
      boolean waited = fund.waiting > 0;
      fund.waiting = Math.addExact(fund.waiting, sign * move.waiting());
      boolean waits = fund.waiting > 0;
      if (waited != waits) {
        if (waits) {
          fund.wallet.waiting.add(fund);
        } else {
          fund.wallet.waiting.remove(fund);
        }
      }
      touched.add(fund.wallet);
    }
  }
}
