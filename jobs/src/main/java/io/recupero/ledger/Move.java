package io.recupero.ledger;

/**
 * One step of the walk, small enough to be undone: an amount on an account, on what waits in a
 * fund, or on both.
 *
 * @param kind by which way; null where a fund is only marked as reversed
 * @param account what it changes; null where only the fund changes
 * @param accountAmount signed change of the account, in ten-thousandths
 * @param fund where the amount comes from
 * @param waiting signed change of what waits in the fund, in ten-thousandths
 * @param reserved signed change of what the fund keeps back for its applications, in
 *     ten-thousandths
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
    String finding) {

  /** Returns the change of the customer's unapplied cash and credit. */
  long unapplied() {
    return waiting + reserved;
  }
}
