package io.recupero.mart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a receivable contributes to one mart at the close of one day: no entry, one, or one for each
 * of the mart's keys it is in. Amounts are minor units of the currency; behind the parts are the
 * high halves of amounts by day.
 */
public final class Contribution {

  /** One row's worth: the mart's own keys and the parts. */
  static final class Entry {
    String textKey;
    String secondKey;
    int numberKey;
    final long[] parts;

    private Entry(int parts) {
      this.parts = new long[parts];
    }

    boolean isNothing() {
      for (long part : parts) {
        if (part != 0) {
          return false;
        }
      }
      return true;
    }

    private boolean sameAs(Entry that) {
      return numberKey == that.numberKey
          && Objects.equals(textKey, that.textKey)
          && Objects.equals(secondKey, that.secondKey)
          && Arrays.equals(parts, that.parts);
    }
  }

  private final int parts;
  private final List<Entry> entries = new ArrayList<>(2);
  private int size;

  Contribution(int parts) {
    this.parts = parts;
  }

  void clear() {
    size = 0;
  }

  /** Opens an entry without keys and returns its parts, all zero, to be filled in. */
  long[] entry() {
    return entry(null, null, 0);
  }

  /** Opens an entry under a text key and returns its parts. */
  long[] entry(String textKey) {
    return entry(textKey, null, 0);
  }

  /** Opens an entry under the mart's keys and returns its parts, all zero, to be filled in. */
  long[] entry(String textKey, String secondKey, int numberKey) {
    if (size == entries.size()) {
      entries.add(new Entry(parts));
    }
    Entry entry = entries.get(size++);
    entry.textKey = textKey;
    entry.secondKey = secondKey;
    entry.numberKey = numberKey;
    Arrays.fill(entry.parts, 0);
    return entry.parts;
  }

  /** Returns how many entries there are; some may be all zero. */
  int size() {
    return size;
  }

  /** Returns an entry, valid until the next {@link #clear}. */
  Entry get(int index) {
    return entries.get(index);
  }

  boolean sameAs(Contribution that) {
    if (size != that.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!entries.get(i).sameAs(that.entries.get(i))) {
        return false;
      }
    }
    return true;
  }
}
