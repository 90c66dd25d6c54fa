package io.recupero.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** How rows are printed. */
enum Format {
  /** For eyes: aligned, numbers as the language writes them. */
  TABLE {
    @Override
    void print(Table table, PrintWriter out, Locale locale) {
      new TextTable(locale).print(table, out);
    }
  },
  /** For programs and spreadsheets: RFC 4180, a decimal point, full precision, empty for null. */
  CSV {
    @Override
    void print(Table table, PrintWriter out, Locale locale) {
      Csv.print(table, out);
    }
  },
  /** For programs: an array of objects, full precision. */
  JSON {
    @Override
    void print(Table table, PrintWriter out, Locale locale) {
      Json.print(table, out);
    }
  };

  abstract void print(Table table, PrintWriter out, Locale locale);
}
