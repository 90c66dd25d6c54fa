package io.recupero.mart;

import java.io.Serializable;
import java.util.List;

/**
 * A table of additive deltas: what receivables contribute, cell by cell and day by day.
 *
 * <p>A mart says on which days a contribution can change and what it is at the close of a day. It
 * keeps no state: the same receivable and day give the same contribution.
 */
public interface Mart extends Serializable {

  /** Returns the table, such as {@code gold.balance_daily}. */
  String table();

  /** Returns the names of the key columns beside day and dimensions. */
  Keys keys();

  /** Returns the addable columns, in the order of a {@link Contribution}'s parts. */
  List<Part> parts();

  /** Adds the days on which a receivable's contribution can change, beside those of its events. */
  void changes(Receivable receivable, Days days);

  /** Writes what the receivable contributes at the close of the day; no entry means nothing. */
  void contribute(Receivable receivable, int day, Contribution to);

  /**
   * The key columns of a mart.
   *
   * @param text the name of the text key, or null
   * @param second the name of a second text key, or null
   * @param number the name of the whole-number key, or null
   */
  record Keys(String text, String second, String number) implements Serializable {

    static final Keys NONE = new Keys(null, null, null);

    static Keys of(String text) {
      return new Keys(text, null, null);
    }
  }
}
