package io.recupero.source;

import java.util.List;

/**
 * How many fields the records of a CSV file may have. Spreadsheets leave out empty fields at the
 * end of a row, and put delimiters behind the last.
 *
 * @param fields those of the header; 0 for any number. More are read where they are empty
 * @param named those up to the last that has a name; a last line without line end may be cut off
 *     and has to have them
 * @param least those up to the last that is needed; the others may be left out
 * @param header the names of the header's fields, null for one without a name; empty where records
 *     are not under a header
 */
record Shape(int fields, int named, int least, List<String> header)
    implements java.io.Serializable {

  static final Shape ANY = new Shape(0, 0, 0, List.of());

  /** Returns the shape under a header; columns without a name are null. */
  static Shape of(List<String> header, Wanted wanted) {
    int named = 0;
    int least = 0;
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i) != null) {
        named = i + 1;
        least = wanted.needed().contains(Canonical.name(header.get(i))) ? i + 1 : least;
      }
    }
    return new Shape(header.size(), named, Math.max(1, least), header);
  }
}
