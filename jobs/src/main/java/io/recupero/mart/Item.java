package io.recupero.mart;

/**
 * Something of a customer that contributes to a mart: a receivable, a contact, a promise. It has
 * the dimensions of its line, and the customer's attributes of each day.
 */
interface Item {

  Line line();

  /** Returns the first day on which it can contribute anything. */
  int firstDay();

  /** Adds the days on which its contribution can change. */
  void changes(Days days);

  /** Writes what it contributes at the close of the day; no entry means nothing. */
  void contribute(int day, Contribution to);
}
