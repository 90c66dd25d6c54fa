package io.recupero.mart;

import java.io.Serializable;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * A table of additive deltas: what receivables contribute, cell by cell and day by day.
 *
 * <p>A mart says on which days a contribution can change and what it is at the close of a day. It
 * keeps no state: the same receivable and day give the same contribution.
 */
public interface Mart extends Serializable {

  /** And a month, so that it holds at its last day too. */
  Period HALF_A_YEAR = Period.ofDays(200);

  /** Returns the table, such as {@code gold.balance_daily}. */
  String table();

  /** Returns the names of the key columns beside day and dimensions. */
  Keys keys();

  /** Returns the addable columns, in the order of a {@link Contribution}'s parts. */
  List<Part> parts();

  /** Adds the days on which a receivable's contribution can change, beside those of its events. */
  default void changes(Receivable receivable, Days days) {}

  /** Writes what the receivable contributes at the close of the day; no entry means nothing. */
  default void contribute(Receivable receivable, int day, Contribution to) {}

  /** Returns the input without which there is nothing to walk for; empty where there always is. */
  default Optional<String> needs() {
    return Optional.empty();
  }

  /**
   * Returns how long a receivable that ended can still be felt, without anything new; at least to
   * the beginning of the month. The work of collecting looks back half a year.
   */
  default Period reach() {
    return needs().isPresent() ? HALF_A_YEAR : Period.ZERO;
  }

  /** Returns what else of a customer contributes, such as its contacts. */
  default List<? extends Item> items(Debtor debtor) {
    return List.of();
  }

  /**
   * The key columns of a mart.
   *
   * @param texts the names of the text keys; at most two unless {@code isWide}
   * @param number the name of the whole-number key, or null; null where {@code isWide}
   * @param isWide whether the text keys have any number of values: an entry then has them joined
   */
  record Keys(List<String> texts, String number, boolean isWide) implements Serializable {

    static final Keys NONE = of();

    private static final String BETWEEN = "\u0001";

    static Keys of(String... texts) {
      return new Keys(List.of(texts), null, false);
    }

    static Keys wide(String... texts) {
      return new Keys(List.of(texts), null, true);
    }

    Keys and(String wholeNumber) {
      return new Keys(texts, wholeNumber, isWide);
    }

    /** Returns the text keys of an entry of a wide mart, in the order of the columns. */
    static String join(String... values) {
      StringBuilder joined = new StringBuilder();
      for (int i = 0; i < values.length; i++) {
        joined.append(i == 0 ? "" : BETWEEN).append(values[i] == null ? "" : values[i]);
      }
      return joined.toString();
    }

    static String[] split(String joined) {
      return joined.split(BETWEEN, -1);
    }
  }
}
