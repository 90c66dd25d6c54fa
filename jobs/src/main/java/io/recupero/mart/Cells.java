package io.recupero.mart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The deltas of a walk, added up by cell as they come: many receivables share a cell, so far less
 * leaves a walk than came in.
 *
 * <p>A cell is a day, attributes, a line and the mart's own keys. It is found by two whole numbers
 * that hold all of them, in arrays without any object a cell: a walk adds to cells some forty times
 * a receivable.
 */
final class Cells {

  /** Memory that cells take before they are handed over; growing takes half as much again. */
  private static final long MOST_BYTES = 48L << 20;

  /** The two keys of a cell and where its parts are. */
  private static final int BYTES_OF_SLOT = 2 * Long.BYTES + Integer.BYTES;

  private static final int MOST_TEXTS = 1 << 18;

  private static final int KEY_BITS = 10;
  private static final int DAY_BITS = 20;
  private static final int MIDDLE_DAY = 1 << (DAY_BITS - 1);

  private final int width;
  private final boolean isWide;
  private Map<String, Integer> numbers;
  private List<String> texts;
  private final List<Attributes> attributes = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  private String lastText;
  private int lastNumber;
  private long[] whose;
  private long[] what;
  private int[] at;
  private long[] parts;
  private int size;
  private int used;
  private List<Full> full;

  /** What a cell held when a part of it would have overflowed: its keys, and where it is. */
  private record Full(long whose, long what, int at) {}

  Cells(Mart mart) {
    this.width = Part.slots(mart.parts());
    this.isWide = mart.keys().isWide();
    forgetTexts();
    clear();
  }

  private void forgetTexts() {
    numbers = new HashMap<>();
    texts = new ArrayList<>();
    texts.add(null);
    lastText = null;
    lastNumber = 0;
  }

  private void clear() {
    whose = new long[1 << 10];
    what = new long[1 << 10];
    at = new int[1 << 10];
    parts = new long[1 << 12];
    size = 0;
    used = 1;
    full = new ArrayList<>();
  }

  boolean isFull() {
    long bytes = (long) used * Long.BYTES + (long) at.length * BYTES_OF_SLOT;
    return bytes > MOST_BYTES || texts.size() > MOST_TEXTS;
  }

  /** Adds parts to a cell, or takes them from it. */
  void add(int day, Attributes who, Line line, Contribution.Entry entry, int sign) {
    if (entry.isNothing()) {
      return;
    }
    remember(who, line);
    long whoseKey = ((long) who.number << 32) | line.number;
    long whatKey =
        (fit(day) << (2 * KEY_BITS + DAY_BITS))
            | (fit(entry.numberKey) << (2 * KEY_BITS))
            | (isWide ? number(entry.textKey) : narrowKey(entry));
    int from = find(whoseKey, whatKey);
    for (int i = 0; i < entry.parts.length; i++) {
      long more = sign * entry.parts[i];
      if (more != 0) {
        long before = parts[from + i];
        long after = before + more;
        if (((before ^ after) & (more ^ after)) < 0) {
          setApart(whoseKey, whatKey, i, before);
          after = more;
        }
        parts[from + i] = after;
      }
    }
  }

  /** Moves a sum that would overflow to a cell of its own: cells of the same keys add up. */
  private void setApart(long whoseKey, long whatKey, int part, long sum) {
    int at = reserve();
    parts[at + part] = sum;
    full.add(new Full(whoseKey, whatKey, at));
  }

  private long narrowKey(Contribution.Entry entry) {
    return ((long) number(entry.textKey) << KEY_BITS) | number(entry.secondKey);
  }

  private void remember(Attributes who, Line line) {
    while (attributes.size() <= who.number) {
      attributes.add(null);
    }
    attributes.set(who.number, who);
    while (lines.size() <= line.number) {
      lines.add(null);
    }
    lines.set(line.number, line);
  }

  private static long fit(int day) {
    int fitted = day + MIDDLE_DAY;
    if (fitted < 0 || fitted >= 1 << DAY_BITS) {
      throw new IllegalArgumentException(
          "Cannot keep the day " + day + " since 1970: dates reach from the year 535 to 3405.");
    }
    return fitted;
  }

  private int number(String text) {
    // Nearly always it is the object of the time before, or nothing at all.
    if (text == lastText) {
      return lastNumber;
    }
    lastNumber = numberOf(text);
    lastText = text;
    return lastNumber;
  }

  private int numberOf(String text) {
    if (text == null) {
      return 0;
    }
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    int number = texts.size();
    if (number >= 1 << (isWide ? 2 * KEY_BITS : KEY_BITS)) {
      throw new IllegalStateException("Cannot tell more than " + number + " keys of marts apart.");
    }
    texts.add(text);
    numbers.put(text, number);
    return number;
  }

  private int find(long whoseKey, long whatKey) {
    int mask = at.length - 1;
    int slot = hash(whoseKey, whatKey) & mask;
    while (at[slot] != 0) {
      if (whose[slot] == whoseKey && what[slot] == whatKey) {
        return at[slot];
      }
      slot = (slot + 1) & mask;
    }
    int found = reserve();
    whose[slot] = whoseKey;
    what[slot] = whatKey;
    at[slot] = found;
    if (++size * 3 > at.length * 2) {
      grow();
    }
    return found;
  }

  private int reserve() {
    if (used + width > parts.length) {
      parts = Arrays.copyOf(parts, Math.max(parts.length * 2, used + width));
    }
    int reserved = used;
    used += width;
    return reserved;
  }

  private static int hash(long whoseKey, long whatKey) {
    long mixed = (whoseKey * 0x9E3779B97F4A7C15L) ^ (whatKey * 0xC2B2AE3D27D4EB4FL);
    mixed ^= mixed >>> 32;
    mixed *= 0xFF51AFD7ED558CCDL;
    return (int) (mixed ^ (mixed >>> 29));
  }

  private void grow() {
    long[] whoseBefore = whose;
    long[] whatBefore = what;
    int[] atBefore = at;
    whose = new long[atBefore.length * 2];
    what = new long[atBefore.length * 2];
    at = new int[atBefore.length * 2];
    int mask = at.length - 1;
    for (int i = 0; i < atBefore.length; i++) {
      if (atBefore[i] != 0) {
        int slot = hash(whoseBefore[i], whatBefore[i]) & mask;
        while (at[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        whose[slot] = whoseBefore[i];
        what[slot] = whatBefore[i];
        at[slot] = atBefore[i];
      }
    }
  }

  /** Hands over all cells that are not nothing, and forgets them. */
  Taken take() {
    Taken taken = new Taken(texts, whose, what, at, parts, full);
    clear();
    if (isWide) {
      // They are nearly as many as the cells.
      forgetTexts();
    }
    return taken;
  }

  /** The cells of one hand-over, read one after the other. */
  final class Taken {

    private final List<String> texts;
    private final long[] whose;
    private final long[] what;
    private final int[] at;
    private final long[] parts;
    private final Iterator<Full> full;
    private int slot = -1;
    private long who;
    private long key;
    private int from;

    private Taken(
        List<String> texts, long[] whose, long[] what, int[] at, long[] parts, List<Full> full) {
      this.texts = texts;
      this.whose = whose;
      this.what = what;
      this.at = at;
      this.parts = parts;
      this.full = full.iterator();
    }

    /** Goes to the next cell; returns false behind the last. Cells of the same keys add up. */
    boolean next() {
      while (++slot < at.length) {
        if (at[slot] != 0) {
          who = whose[slot];
          key = what[slot];
          from = at[slot];
          if (!isNothing()) {
            return true;
          }
        }
      }
      if (!full.hasNext()) {
        return false;
      }
      Full next = full.next();
      who = next.whose;
      key = next.what;
      from = next.at;
      return true;
    }

    private boolean isNothing() {
      for (int i = 0; i < width; i++) {
        if (part(i) != 0) {
          return false;
        }
      }
      return true;
    }

    int day() {
      return days(2 * KEY_BITS + DAY_BITS);
    }

    int numberKey() {
      return days(2 * KEY_BITS);
    }

    private int days(int shift) {
      return (int) ((key >>> shift) & ((1 << DAY_BITS) - 1)) - MIDDLE_DAY;
    }

    /** Returns the first text key; of a wide mart, all of them joined. */
    String textKey() {
      return isWide
          ? texts.get((int) key & ((1 << (2 * KEY_BITS)) - 1))
          : texts.get((int) (key >>> KEY_BITS) & ((1 << KEY_BITS) - 1));
    }

    String secondKey() {
      return texts.get((int) key & ((1 << KEY_BITS) - 1));
    }

    Attributes attributes() {
      return Cells.this.attributes.get((int) (who >>> 32));
    }

    Line line() {
      return lines.get((int) who);
    }

    long part(int index) {
      return parts[from + index];
    }

    /** Sets what is left of a part once the rest of it is written. */
    void leave(int index, long rest) {
      parts[from + index] = rest;
    }
  }
}
