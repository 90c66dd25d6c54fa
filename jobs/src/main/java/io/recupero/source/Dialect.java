package io.recupero.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a text file is written.
 *
 * @param delimiter between fields of a CSV file; null when the header is to tell (comma or
 *     semicolon)
 * @param quote around fields that hold delimiters or newlines; a quote inside is doubled
 * @param encoding a charset's name; any that extends ASCII
 */
record Dialect(Character delimiter, char quote, String encoding) implements java.io.Serializable {

  /** What a canonical file is written in. */
  static final Dialect CANONICAL = new Dialect(null, '"', StandardCharsets.UTF_8.name());

  Dialect delimitedBy(char found) {
    return new Dialect(found, quote, encoding);
  }

  Charset charset() {
    return Charset.forName(encoding);
  }
}
