package io.recupero.source;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The records of a CSV file. Quoted fields may hold delimiters, newlines and doubled quotes.
 *
 * <p>Own code, because no library at hand numbers records, keeps their bytes and comes to itself
 * after a quote that is never closed: such a record is its first physical line, and reading resumes
 * on the next. What a record is depends on nothing before its first byte, so a file can be cut at
 * any record and read in parallel.
 */
final class CsvCursor implements RecordCursor {

  static final String UNREADABLE = "unreadable_record";

  /** A header of more columns is none. */
  private static final int MOST_COLUMNS = 10_000;

  private final ByteWindow window;
  private final FieldText text;
  private final byte delimiter;
  private final byte quote;
  private final int expected;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private boolean[] escaped = new boolean[32];
  private int fields;
  private int end;
  private int advance;
  private boolean manyLines;
  private String problem;
  private int oversized;
  private long offset;
  private UTF8String beginning;
  private boolean legible;

  /**
   * @param expected how many fields a record has; 0 for any number
   */
  CsvCursor(ByteWindow window, Dialect dialect, int expected) {
    this.window = window;
    this.text = new FieldText(dialect.charset());
    this.delimiter = (byte) dialect.delimiter().charValue();
    this.quote = (byte) dialect.quote();
    this.expected = expected;
  }

  @Override
  public boolean next() throws IOException {
    window.advance(advance);
    skipBlankLines();
    advance = 0;
    if (!window.has(0)) {
      return false;
    }
    offset = window.offset();
    beginning = null;
    boolean quoting = split();
    boolean counted = expected == 0 || fields == expected;
    problem = oversized >= 0 ? OVERSIZED : quoting && counted ? null : UNREADABLE;
    if (problem != null && (!quoting || manyLines)) {
      leave();
    }
    advance = end + window.lineEndLength(end);
    return true;
  }

  /** Passes over the first line of a record that cannot be read, and keeps its beginning. */
  private void leave() throws IOException {
    end = window.lineEnd(0, SHOWN);
    legible = end == SHOWN || text.holds(window.array(), window.origin(), window.origin() + end);
    beginning = line();
    window.skipLine();
    end = 0;
  }

  /** Finds the fields of the record at the window's start; false when its quotes make no sense. */
  private boolean split() throws IOException {
    fields = 0;
    manyLines = false;
    oversized = -1;
    int i = 0;
    while (true) {
      if (i > LONGEST_RECORD) {
        oversized = expected;
        return false;
      }
      if (expected == 0 && fields == MOST_COLUMNS) {
        return false;
      }
      int from = skipBlanks(i);
      if (window.has(from) && window.at(from) == quote) {
        int close = closingQuote(from + 1);
        i = close < 0 ? close : skipBlanks(close + 1);
        if (i < 0 || !(endsField(i))) {
          return false;
        }
      } else {
        i = from;
        while (!endsField(i)) {
          i++;
          if (i - from > LONGEST_VALUE) {
            oversized = fields;
            return false;
          }
        }
        add(from, i, false);
      }
      if (!window.has(i) || window.at(i) != delimiter) {
        end = i;
        return true;
      }
      i++;
    }
  }

  private int closingQuote(int from) throws IOException {
    boolean doubled = false;
    for (int i = from; window.has(i); i++) {
      if (i - from > LONGEST_VALUE) {
        // Over several lines it is a quote that was never closed.
        oversized = manyLines ? -1 : fields;
        return -1;
      }
      byte b = window.at(i);
      if (b == quote) {
        if (!window.has(i + 1) || window.at(i + 1) != quote) {
          add(from, i, doubled);
          return i;
        }
        doubled = true;
        i++;
      } else if (b == '\n' || b == '\r') {
        manyLines = true;
      }
    }
    return -1;
  }

  private boolean endsField(int i) throws IOException {
    if (!window.has(i)) {
      return true;
    }
    byte b = window.at(i);
    return b == delimiter || b == '\n' || b == '\r';
  }

  private int skipBlanks(int from) throws IOException {
    int i = from;
    while (window.has(i)
        && (window.at(i) == ' ' || window.at(i) == '\t')
        && window.at(i) != delimiter) {
      i++;
    }
    return i;
  }

  private void skipBlankLines() throws IOException {
    while (true) {
      int blank = skipBlanks(0);
      if (window.has(blank) && window.at(blank) != '\n' && window.at(blank) != '\r') {
        return;
      }
      window.advance(blank + window.lineEndLength(blank));
      if (!window.has(0)) {
        return;
      }
    }
  }

  private void add(int from, int to, boolean hasDoubledQuotes) {
    if (expected > 0 && fields >= expected) {
      fields++;
      return;
    }
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      escaped = Arrays.copyOf(escaped, fields * 2);
    }
    starts[fields] = from;
    ends[fields] = to;
    escaped[fields++] = hasDoubledQuotes;
  }

  int fields() {
    return fields;
  }

  @Override
  public long offset() {
    return offset;
  }

  /** Returns where the next record, or what comes before it, begins. */
  long after() {
    return window.offset() + advance;
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public int oversized() {
    return oversized;
  }

  @Override
  public UTF8String value(int column) {
    if (problem != null) {
      return null;
    }
    int origin = window.origin();
    byte[] bytes = window.array();
    if (!escaped[column]) {
      return text.trimmed(bytes, origin + starts[column], origin + ends[column]);
    }
    byte[] single = new byte[ends[column] - starts[column]];
    int length = 0;
    for (int i = starts[column]; i < ends[column]; i++) {
      byte b = bytes[origin + i];
      single[length++] = b;
      if (b == quote) {
        i++;
      }
    }
    return text.trimmed(single, 0, length);
  }

  @Override
  public UTF8String line() {
    return beginning != null
        ? beginning
        : text.text(window.array(), window.origin(), window.origin() + end);
  }

  @Override
  public boolean encodingHolds() {
    return beginning != null
        ? legible
        : text.holds(window.array(), window.origin(), window.origin() + end);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
