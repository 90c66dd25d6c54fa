package io.recupero.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a text file is written, as a mapping says or as the file shows.
 *
 * @param delimiter between fields of a CSV file; null when the header is to show it
 * @param quote around fields that hold delimiters or newlines; a quote inside is doubled
 * @param escape before a quote, delimiter or line end that is part of a field; null for none
 * @param encoding a charset's name; null when the file is to show it
 * @param lenient whether fields that are not text in that encoding are read as Windows-1252
 * @param headerRow the header's line, counted from 1; 0 when it is to be found
 * @param skipRows lines to leave out at the top
 */
record Dialect(
    Character delimiter,
    char quote,
    Character escape,
    String encoding,
    boolean lenient,
    int headerRow,
    int skipRows)
    implements java.io.Serializable {

  /** What a canonical file is written in: nothing is said of it, the file shows it. */
  static final Dialect CANONICAL = new Dialect(null, '"', null, null, false, 0, 0);

  Dialect delimitedBy(char found) {
    return new Dialect(found, quote, escape, encoding, lenient, headerRow, skipRows);
  }

  Dialect encodedIn(String found, boolean leniently) {
    return new Dialect(delimiter, quote, escape, found, leniently, headerRow, skipRows);
  }

  /** Returns the charset of the bytes that cursors see: wide ones are read as UTF-8. */
  Charset charset() {
    return encoding == null || Encoding.isWide(encoding)
        ? StandardCharsets.UTF_8
        : Charset.forName(encoding);
  }
}
