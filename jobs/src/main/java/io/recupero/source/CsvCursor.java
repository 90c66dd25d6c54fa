package io.recupero.source;

import io.recupero.contract.Oversized;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
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

  /**
   * How a field is written: as it is, with escapes, or in quotes with escapes or doubled quotes.
   */
  private static final byte PLAIN = 0;

  private static final byte BARE_ESCAPED = 1;
  private static final byte QUOTED_ESCAPED = 2;

  private final ByteWindow window;
  private final FieldText text;
  private final byte delimiter;
  private final byte quote;
  private final Byte escape;
  private final Shape shape;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private byte[] forms = new byte[32];
  private int fields;
  private int end;
  private int advance;
  private boolean manyLines;
  private boolean surplus;
  private String problem;
  private int oversized;
  private int headers;
  private long offset;
  private UTF8String beginning;
  private boolean legible;

  CsvCursor(ByteWindow window, Dialect dialect, Shape shape) {
    this.window = window;
    this.text = new FieldText(dialect);
    this.delimiter = (byte) dialect.delimiter().charValue();
    this.quote = (byte) dialect.quote();
    this.escape = dialect.escape() == null ? null : (byte) dialect.escape().charValue();
    this.shape = shape;
  }

  @Override
  public boolean next() throws IOException {
    boolean quoting;
    do {
      window.advance(advance);
      skipBlankLines();
      advance = 0;
      if (!window.has(0)) {
        return false;
      }
      offset = window.offset();
      beginning = null;
      quoting = split();
      advance = quoting ? end + window.lineEndLength(end) : 0;
    } while (quoting && (isEmpty() || isHeader()));
    problem =
        quoting && fits() && !swallows() ? null : oversized >= 0 ? Oversized.REASON : UNREADABLE;
    if (problem != null && (!quoting || manyLines)) {
      leave();
      advance = end + window.lineEndLength(end);
    }
    if (problem == null && text.lenient() && !isText()) {
      problem = UNREADABLE;
    }
    return true;
  }

  /** Tells whether the fields say nothing: spreadsheets write such rows. */
  private boolean isEmpty() {
    boolean empty = !surplus;
    for (int i = 0; empty && i < kept(); i++) {
      empty = isEmpty(starts[i], ends[i]);
    }
    return empty;
  }

  /** Tells whether this is the header once more, as files have it that were put together. */
  private boolean isHeader() {
    int names = shape.header().size();
    if (names < 2 || fields != names) {
      return false;
    }
    for (int i = 0; i < names; i++) {
      String name = shape.header().get(i);
      UTF8String value = field(i);
      if (!Objects.equals(name, value == null ? null : value.toString())) {
        return false;
      }
    }
    headers++;
    return true;
  }

  private boolean isEmpty(int from, int to) {
    return from == to
        || window.at(from) <= ' '
            && text.trimmed(window.array(), window.origin() + from, window.origin() + to) == null;
  }

  /** Returns how many fields have their places kept: those beyond the header's have not. */
  private int kept() {
    return shape.fields() == 0 ? fields : Math.min(fields, shape.fields());
  }

  private boolean fits() throws IOException {
    if (shape.fields() == 0 || fields == shape.fields()) {
      return true;
    }
    return fields > shape.fields()
        ? !surplus
        : fields >= (window.has(end) ? shape.least() : shape.named());
  }

  /**
   * Tells whether a quote that was never closed found another in a later record: then every line is
   * a record of its own. A field that holds line breaks leaves each of its lines with fewer fields.
   */
  private boolean swallows() {
    if (!manyLines || shape.fields() < 3) {
      return false;
    }
    int inLine = 1;
    for (int i = 0; i < end; i++) {
      byte b = window.at(i);
      if (b == delimiter) {
        inLine++;
      } else if (b == '\n' || b == '\r') {
        boolean lineFeedFollows = b == '\r' && i + 1 < end && window.at(i + 1) == '\n';
        if (inLine != shape.fields()) {
          return false;
        }
        inLine = 1;
        i += lineFeedFollows ? 1 : 0;
      }
    }
    return inLine == shape.fields();
  }

  private boolean isText() {
    byte[] bytes = window.array();
    int origin = window.origin();
    if (text.holds(bytes, origin, origin + end)) {
      return true;
    }
    for (int i = 0; i < kept(); i++) {
      if (!text.isText(bytes, origin + starts[i], origin + ends[i])) {
        return false;
      }
    }
    return true;
  }

  /** Passes over the first line of a record that cannot be read, and keeps its beginning. */
  private void leave() throws IOException {
    end = window.lineEnd(0, Oversized.SHOWN);
    legible =
        end == Oversized.SHOWN
            || text.holds(window.array(), window.origin(), window.origin() + end);
    beginning = line();
    window.skipLine();
    end = 0;
  }

  /** Finds the fields of the record at the window's start; false when its quotes make no sense. */
  private boolean split() throws IOException {
    fields = 0;
    manyLines = false;
    surplus = false;
    oversized = -1;
    int i = 0;
    while (true) {
      if (i > Oversized.LONGEST_RECORD) {
        oversized = shape.fields();
        return false;
      }
      if (shape.fields() == 0 && fields == MOST_COLUMNS) {
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
        boolean escapes = false;
        while (!endsField(i)) {
          boolean escaped = isEscape(i) && window.has(i + 1);
          escapes |= escaped;
          i += escaped ? 2 : 1;
          if (i - from > Oversized.LONGEST_VALUE) {
            oversized = fields;
            return false;
          }
        }
        add(from, i, escapes ? BARE_ESCAPED : PLAIN);
      }
      if (!window.has(i) || window.at(i) != delimiter) {
        end = i;
        return true;
      }
      i++;
    }
  }

  private int closingQuote(int from) throws IOException {
    byte form = PLAIN;
    for (int i = from; window.has(i); i++) {
      if (i - from > Oversized.LONGEST_VALUE) {
        // Over several lines it is a quote that was never closed.
        oversized = manyLines ? -1 : fields;
        return -1;
      }
      byte b = window.at(i);
      if (isEscape(i)) {
        form = QUOTED_ESCAPED;
        i++;
      } else if (b == quote) {
        if (!window.has(i + 1) || window.at(i + 1) != quote) {
          add(from, i, form);
          return i;
        }
        form = QUOTED_ESCAPED;
        i++;
      } else if (b == '\n' || b == '\r') {
        manyLines = true;
      }
    }
    return -1;
  }

  private boolean isEscape(int i) {
    return escape != null && window.at(i) == escape;
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
    while (window.has(i) && isBlank(window.at(i)) && window.at(i) != delimiter) {
      i++;
    }
    return i;
  }

  /** What files end with beside spaces: the end mark of DOS, and zeros of a disk that was full. */
  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == 0 || b == 0x1A;
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

  private void add(int from, int to, byte form) {
    if (shape.fields() > 0 && fields >= shape.fields()) {
      surplus |= !isEmpty(from, to);
      fields++;
      return;
    }
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      forms = Arrays.copyOf(forms, fields * 2);
    }
    starts[fields] = from;
    ends[fields] = to;
    forms[fields++] = form;
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
    return problem != null || column >= fields ? null : field(column);
  }

  private UTF8String field(int column) {
    int origin = window.origin();
    byte[] bytes = window.array();
    int from = origin + starts[column];
    int to = origin + ends[column];
    return forms[column] == PLAIN
        ? text.trimmed(bytes, from, to)
        : unescaped(bytes, from, to, forms[column] == QUOTED_ESCAPED);
  }

  /** Returns a field without what only keeps it together; a bare \N is MySQL's for nothing. */
  private UTF8String unescaped(byte[] bytes, int from, int to, boolean quoted) {
    if (!quoted && to - from == 2 && bytes[from + 1] == 'N') {
      return null;
    }
    byte[] single = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      boolean escapes = escape != null && b == escape && i + 1 < to && isSign(bytes[i + 1]);
      boolean doubles = quoted && !escapes && b == quote;
      single[length++] = escapes ? bytes[i + 1] : b;
      i += escapes || doubles ? 1 : 0;
    }
    return text.trimmed(single, 0, length);
  }

  private boolean isSign(byte b) {
    return b == quote || b == delimiter || b == escape || b == '\n' || b == '\r';
  }

  @Override
  public UTF8String line() {
    return beginning != null
        ? beginning
        : text.text(window.array(), window.origin(), window.origin() + end);
  }

  /** Returns how often the header stood among the records so far. */
  int headers() {
    return headers;
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
