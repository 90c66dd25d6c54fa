package io.recupero.ledger;

/**
 * One step of the walk, small enough to be undone: an amount on an account, on what waits in a fund,
 * or on both.
 *
 * @param kind by which way; null where a fund is only marked as reversed
 * @param account what it changes; null where only the fund changes
 * @param accountAmount signed change of the account, in ten-thousandths
 * @param fund where the amount comes from
 * @param fundAmount signed change of what waits in the fund, in ten-thousandths
 * @param finding what an auditor should look at, or null
 */
record Move(
    int day,
    EventKind kind,
    Account account,
    long accountAmount,
    Fund fund,
    long fundAmount,
    String finding) {}
