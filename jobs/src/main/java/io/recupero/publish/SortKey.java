package io.recupero.publish;

/**
 * Puts words in an order of their own: charts sort by what they show, and no reader wants to see a
 * number before a month or a bucket. The key stands before the words and is made of characters
 * without a shape.
 */
final class SortKey {

  /** A space a tenth as wide as a letter; every comparison puts it before letters and digits. */
  private static final char HAIR_SPACE = '\u200A';

  /** No width; after the space by its code, and so the end of a key. */
  private static final char ZERO_WIDTH = '\u200B';

  private static final char JOINER = '\u2060';
  private static final int BITS = 6;

  private SortKey() {}

  /**
   * Returns words with their place among a few.
   *
   * <p>The first of them have the most spaces: that holds by code, by the rules of languages (heat
   * maps compare so) and where digits are compared as numbers (pivots do).
   *
   * @param place from 0
   * @param of how many there are
   */
  static String ofFew(int place, int of, String words) {
    return String.valueOf(HAIR_SPACE).repeat(of - 1 - place) + ZERO_WIDTH + words;
  }

  /**
   * Returns words with their place among up to 64, without any width. It holds by code alone, as
   * along an axis.
   */
  static String ofMany(int place, String words) {
    StringBuilder key = new StringBuilder();
    for (int bit = BITS - 1; bit >= 0; bit--) {
      key.append((place >> bit & 1) == 0 ? ZERO_WIDTH : JOINER);
    }
    return key + words;
  }
}
