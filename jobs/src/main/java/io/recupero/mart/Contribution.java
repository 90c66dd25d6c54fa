package io.recupero.mart;

import java.util.Arrays;

/** What a receivable contributes to one mart at the close of one day. Amounts in minor units. */
public final class Contribution {

  String textKey;
  int numberKey;
  final long[] parts;

  Contribution(int parts) {
    this.parts = new long[parts];
  }

  void clear() {
    textKey = null;
    numberKey = 0;
    Arrays.fill(parts, 0);
  }

  boolean isNothing() {
    for (long part : parts) {
      if (part != 0) {
        return false;
      }
    }
    return true;
  }
}
