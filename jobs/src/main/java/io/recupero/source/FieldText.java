package io.recupero.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes trimmed texts of bytes; UTF-8, the usual case, is copied without being decoded. */
final class FieldText {

  /** What files that are not UTF-8 are mostly written in. */
  static final Charset OTHER = Charset.forName("windows-1252");

  private final Charset charset;
  private final boolean utf8;
  private final boolean lenient;

  FieldText(Dialect dialect) {
    this.charset = dialect.charset();
    this.utf8 = charset.equals(StandardCharsets.UTF_8);
    this.lenient = dialect.lenient();
  }

  /** Returns the bytes as a trimmed text, or null when nothing is left of it. */
  UTF8String trimmed(byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] >= 0 && bytes[start] <= ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ') {
      end--;
    }
    if (start == end) {
      return null;
    }
    // Only a text that begins or ends outside ASCII can begin or end with a no-break space.
    if (bytes[start] < 0 || bytes[end - 1] < 0 || lenient) {
      return strip(decoded(bytes, start, end));
    }
    return utf8 ? copy(bytes, start, end) : text(bytes, start, end);
  }

  /**
   * Returns a text without the blanks around it, those too that nobody sees (no-break and
   * zero-width spaces, marks of byte order and direction), or null when nothing is left.
   */
  static UTF8String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return start == end ? null : UTF8String.fromString(text.substring(start, end));
  }

  UTF8String text(byte[] bytes, int from, int to) {
    return UTF8String.fromString(decoded(bytes, from, to));
  }

  private String decoded(byte[] bytes, int from, int to) {
    boolean other = lenient && !holds(charset, bytes, from, to);
    return new String(bytes, from, to - from, other ? OTHER : charset);
  }

  /** Tells whether fields may be in another encoding than the file. */
  boolean lenient() {
    return lenient;
  }

  /** Tells whether bytes are text in the file's encoding. */
  boolean holds(byte[] bytes, int from, int to) {
    return holds(charset, bytes, from, to);
  }

  /**
   * Tells whether bytes are text in the file's encoding or, where that is allowed, in the other.
   */
  boolean isText(byte[] bytes, int from, int to) {
    return holds(charset, bytes, from, to) || lenient && holds(OTHER, bytes, from, to);
  }

  private static boolean holds(Charset charset, byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    if (i == to) {
      return true;
    }
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes, i, to - i));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static UTF8String copy(byte[] bytes, int from, int to) {
    byte[] own = new byte[to - from];
    System.arraycopy(bytes, from, own, 0, own.length);
    return UTF8String.fromBytes(own);
  }

  static boolean isBlank(char c) {
    return c <= ' '
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
