package io.recupero.publish;

import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** How values are written in SQL. */
final class SqlText {

  private SqlText() {}

  static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String list(Collection<Path> paths) {
    return paths.stream()
        .map(path -> literal(path.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
