package io.recupero.report;

import java.util.List;

/** The colours of both writers: told apart by people who see colours otherwise, and in print. */
final class Colours {

  /** Of series without an order, the palette of Okabe and Ito. */
  static final List<String> SERIES =
      List.of("0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9", "7F7F7F");

  /** Of buckets of age: from what is not due to what is oldest. */
  static final List<String> AGES =
      List.of("4393C3", "FEE08B", "FDAE61", "F46D43", "D73027", "7F0000");

  static final String UP = "D55E00";
  static final String DOWN = "009E73";
  static final String LEVEL = "0072B2";

  private Colours() {}

  static String of(List<String> palette, int place) {
    return palette.get(place % palette.size());
  }
}
