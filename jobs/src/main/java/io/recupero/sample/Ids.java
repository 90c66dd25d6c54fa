package io.recupero.sample;

/** Ids such as F0012-0003: a letter for the kind, the customer, a number within the customer. */
final class Ids {

  /** No part of a customer uses more numbers of one kind than this. */
  private static final int NUMBERS_OF_A_PART = 10_000;

  private final String customer;
  private final long first;
  private final int width;
  private final int[] used = new int['Z' - 'A' + 1];

  Ids(String customer, int part, int parts) {
    this.customer = customer;
    this.first = (long) part * NUMBERS_OF_A_PART;
    this.width = parts == 1 ? 4 : 11;
  }

  String next(char kind) {
    String number = Long.toString(first + ++used[kind - 'A']);
    return kind + customer + "-" + "0".repeat(width - number.length()) + number;
  }
}
