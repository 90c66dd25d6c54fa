package io.recupero.ledger;

/** A document that a reversal can take back: a payment or an adjustment. */
interface Reversible {

  /** Returns what came out of it. */
  Fund fund();

  /**
   * Lets an amount of it count again on its invoice, by the books' day.
   *
   * @param amount of what it takes away or adds, without sign
   */
  void again(Books books, File file, Account account, long amount);
}
