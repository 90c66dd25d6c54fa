package io.recupero.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds the columns of a file against those of its canonical table. */
final class CanonicalHeader {

  private CanonicalHeader() {}

  static void check(
      String table, RawFrames.Header header, List<Problem> problems, List<String> warnings) {
    List<String> known = Canonical.readable(table);
    Set<String> found = new HashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String column : header.columns()) {
      String name = Canonical.name(column);
      if (!known.contains(name)) {
        unknown.add(column);
      } else if (!found.add(name)) {
        problems.add(
            new Problem(
                header.file(),
                header.line(),
                "Invalid header: two columns are named "
                    + name
                    + ". Rename or remove one of them."));
      }
    }
    List<String> missing =
        Canonical.required(table).stream().filter(c -> !found.contains(c)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          new Problem(header.file(), header.line(), missing(table, missing, header, unknown)));
    }
    for (String column : unknown) {
      List<String> free = known.stream().filter(c -> !found.contains(c)).toList();
      warnings.add(
          header.file()
              + ": the column "
              + column
              + " is not used: "
              + table
              + " has none of that name."
              + Nearest.question(Canonical.name(column), free));
    }
  }

  private static String missing(
      String table, List<String> missing, RawFrames.Header header, List<String> unknown) {
    StringBuilder text =
        new StringBuilder("Cannot read as " + table + ": required columns are missing:");
    for (String column : missing) {
      text.append(' ').append(column);
      Nearest.to(column, unknown)
          .ifPresent(n -> text.append(" (").append(n).append('?').append(')'));
    }
    text.append(". Found: ").append(String.join(" | ", header.columns())).append('.');
    if (header.columns().size() == 1) {
      text.append(
              " The header seems to be one field: CSV files are separated by commas, semicolons, tabs or |; for another ")
          .append("delimiter write a mapping file.");
    }
    return text.append(" Rename the columns, or write a mapping file.").toString();
  }
}
