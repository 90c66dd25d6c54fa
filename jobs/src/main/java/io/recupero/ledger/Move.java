package io.recupero.ledger;

import io.recupero.ledger.EventKind.Exit;

/**
 * One step of the walk, small enough to be undone: an amount on an account, on what a fund has, or
 * on both.
 *
 * @param kind by which way
 * @param account what it changes; null where only the fund changes
 * @param accountAmount signed change of the account, in ten-thousandths
 * @param fund where the amount comes from
 * @param waiting signed change of what waits in the fund, in ten-thousandths
 * @param reserved signed change of what the fund keeps back for its applications
 * @param lost signed change of what reversals have taken from the fund
 * @param of the move that this one takes back, or part of it; null of all others
 * @param released whether cash makes room for a discount or withholding: the invoice stays ended
 * @param finding what an auditor should look at, or null
 */
record Move(
    int day,
    EventKind kind,
    Account account,
    long accountAmount,
    Fund fund,
    long waiting,
    long reserved,
    long lost,
    Move of,
    boolean released,
    String finding) {

  /** Returns the change of the customer's unapplied cash and credit. */
  long unapplied() {
    return waiting + reserved;
  }

  /** Returns whether it used up an amount of its fund, so that a reversal can take that back. */
  boolean isUse() {
    if (of != null || account == null) {
      return false;
    }
    return switch (kind) {
      case REFUND -> waiting < 0 || accountAmount < 0;
      case WRITE_OFF_RECOVERY, INTEREST, PENALTY -> accountAmount > 0;
      default -> kind.exit() != Exit.NONE && accountAmount < 0;
    };
  }

  /** Returns whether cash or credit came to its invoice without being told to. */
  boolean isAutomatic() {
    return waiting < 0;
  }

  /** Returns its amount in the currency of the account, without sign. */
  long amount() {
    return accountAmount != 0 || kind != EventKind.REFUND ? Math.abs(accountAmount) : money();
  }

  /** Returns its amount in the currency of the fund, without sign. */
  long money() {
    long change = waiting + reserved + lost;
    return Math.abs(change != 0 ? change : accountAmount);
  }
}
