package io.recupero.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A look at a stream from a movable start on: bytes before the start are forgotten, those after it
 * are read as needed.
 */
final class ByteWindow implements Closeable {

  private final InputStream in;
  private byte[] bytes = new byte[1 << 16];
  private int start;
  private int limit;
  private long offset;

  /**
   * @param in positioned at {@code offset}
   * @param offset the place of the stream's next byte in its file
   */
  ByteWindow(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /**
   * Tells whether there is a byte at this distance from the start; false at the end of the file.
   */
  boolean has(int index) throws IOException {
    return start + index < limit || fill(index);
  }

  /** Returns a byte that {@link #has} was asked for. */
  byte at(int index) {
    return bytes[start + index];
  }

  /**
   * Returns the array the window lies in, for decoding; the byte at distance i is at {@code
   * origin() + i}.
   */
  byte[] array() {
    return bytes;
  }

  int origin() {
    return start;
  }

  /** Returns the place of the start in the file. */
  long offset() {
    return offset;
  }

  void advance(int count) {
    start += count;
    offset += count;
  }

  /**
   * Returns the distance to the first line end at or after {@code from}, or to the end of the file.
   */
  int lineEnd(int from) throws IOException {
    return lineEnd(from, Integer.MAX_VALUE);
  }

  /** Returns the same, but looks no farther than to the distance {@code most}. */
  int lineEnd(int from, int most) throws IOException {
    int i = from;
    while (i < most && has(i) && at(i) != '\n' && at(i) != '\r') {
      i++;
    }
    return i;
  }

  /** Moves the start to the next line end; what is passed over needs no memory. */
  void skipLine() throws IOException {
    while (has(0) && at(0) != '\n' && at(0) != '\r') {
      advance(1);
    }
  }

  /**
   * Returns how many bytes the line end at this distance takes: 2 for CR LF, 0 at the end of the
   * file.
   */
  int lineEndLength(int index) throws IOException {
    if (!has(index)) {
      return 0;
    }
    return at(index) == '\r' && has(index + 1) && at(index + 1) == '\n' ? 2 : 1;
  }

  private boolean fill(int index) throws IOException {
    while (start + index >= limit) {
      if (limit == bytes.length) {
        makeRoom();
      }
      int count = in.read(bytes, limit, bytes.length - limit);
      if (count < 0) {
        return false;
      }
      limit += count;
    }
    return true;
  }

  private void makeRoom() {
    if (start > bytes.length / 2) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      limit -= start;
      start = 0;
    } else {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
