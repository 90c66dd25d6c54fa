package io.recupero.ledger;

import io.recupero.ledger.EventKind.Exit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is owed and what waits while a walk goes on, and the journal of how it came to be.
 *
 * <p>Every change is a {@link Move}, so the books can be wound back to the morning of any day.
 */
final class Books {

  private final Map<String, Map<String, Wallet>> wallets = new HashMap<>();
  private final Set<Wallet> touched = new LinkedHashSet<>();
  private List<Move> journal = new ArrayList<>();
  private int day;

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
    post(new Move(day, kind, account, amount, by, 0, 0, null));
  }

  /** Takes up to {@code amount} from what is owed and returns what was beyond the balance. */
  long take(EventKind kind, Account account, Fund by, long amount) {
    long taken = Math.min(amount, account.balance);
    if (taken > 0) {
      post(new Move(day, kind, account, -taken, by, 0, 0, null));
    }
    return amount - taken;
  }

  /** Lets an amount wait in its fund. */
  void await(EventKind kind, Fund fund, long amount) {
    if (amount != 0) {
      post(new Move(day, kind, null, 0, fund, amount, 0, null));
    }
  }

  /** Keeps an amount back in its fund; negative: lets it go. */
  void reserve(Fund fund, long amount) {
    if (amount != 0) {
      post(new Move(day, EventKind.CASH, null, 0, fund, 0, amount, null));
    }
  }

  /** Notes something without any amount. */
  void note(EventKind kind, Account account, Fund fund, String finding) {
    post(new Move(day, kind, account, 0, fund, 0, 0, finding));
  }

  /** Notes an amount that does not move the balance, such as a recovery after a write-off. */
  void memo(EventKind kind, Account account, Fund by, long amount) {
    post(new Move(day, kind, account, amount, by, 0, 0, null));
  }

  /**
   * Undoes all that came out of a fund: applications return to their invoices, what waits
   * disappears, and nothing more comes out of it.
   *
   * @param credit takes what a reversed charge leaves beyond the balance: the debtor has paid it
   */
  void reverse(Fund fund, Fund credit) {
    if (fund.reversed) {
      return;
    }
    Map<Account, Map<EventKind, Long>> net = new LinkedHashMap<>();
    for (Move move : fund.moves) {
      if (move.account() != null) {
        net.computeIfAbsent(move.account(), a -> new EnumMap<>(EventKind.class))
            .merge(move.kind(), move.accountAmount(), Long::sum);
      }
    }
    net.forEach(
        (account, kinds) ->
            kinds.forEach((kind, amount) -> giveBack(fund, credit, account, kind, amount)));
    await(fund.kind(), fund, -fund.waiting);
    reserve(fund, -fund.reserved);
    post(new Move(day, null, null, 0, fund, 0, 0, null));
  }

  private void giveBack(Fund fund, Fund credit, Account account, EventKind kind, long amount) {
    if (amount == 0) {
      return;
    }
    if (amount < 0 || !kind.movesBalance()) {
      post(new Move(day, kind, account, -amount, fund, 0, 0, null));
      return;
    }
    long beyond = release(account, amount - account.balance);
    await(EventKind.CREDIT, credit, take(kind, account, fund, amount - beyond) + beyond);
  }

  /**
   * Takes off an invoice, latest first, what would be beyond its balance once a charge is taken
   * back: money returns to its fund and waits again, what has no money behind it is cut.
   *
   * @return what could not be taken off
   */
  private long release(Account account, long amount) {
    if (amount <= 0) {
      return 0; // as nearly always: the journal of a large debtor is long
    }
    Map<Fund, Map<EventKind, Long>> taken = new LinkedHashMap<>();
    for (int i = journal.size() - 1; i >= 0; i--) {
      Move move = journal.get(i);
      if (move.account() == account && move.kind() != null && move.kind().exit() != Exit.NONE) {
        taken
            .computeIfAbsent(move.fund(), f -> new EnumMap<>(EventKind.class))
            .merge(move.kind(), -move.accountAmount(), Long::sum);
      }
    }
    long left = amount;
    for (Map.Entry<Fund, Map<EventKind, Long>> of : taken.entrySet()) {
      for (Map.Entry<EventKind, Long> way : of.getValue().entrySet()) {
        Fund fund = of.getKey();
        long part = Math.min(left, way.getValue());
        if (part > 0 && fund.currency.equals(account.currency)) {
          post(new Move(day, way.getKey(), account, part, fund, 0, 0, null));
          await(fund.kind(), fund, way.getKey().hasMoney() ? part : 0);
          left -= part;
        }
      }
    }
    return left;
  }

  /** Ends the day: waiting money goes to open invoices, each in its order. */
  void close(boolean allocate) {
    if (allocate) {
      for (Wallet wallet : List.copyOf(touched)) {
        while (!wallet.waiting.isEmpty() && !wallet.open.isEmpty()) {
          Fund fund = wallet.waiting.first();
          Account account = wallet.open.first();
          long amount = Math.min(fund.waiting, account.balance);
          post(new Move(day, fund.kind(), account, -amount, fund, -amount, 0, null));
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
    if (move.kind() == null) {
      move.fund().reversed = true;
    } else {
      change(move, 1);
    }
    if (move.fund() != null) {
      move.fund().moves.add(move);
    }
  }

  private void undo(Move move) {
    if (move.kind() == null) {
      move.fund().reversed = false;
    } else {
      change(move, -1);
    }
    if (move.fund() != null) {
      move.fund().moves.remove(move.fund().moves.size() - 1);
    }
  }

  private void change(Move move, int sign) {
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
    if (fund != null && move.unapplied() != 0) {
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
