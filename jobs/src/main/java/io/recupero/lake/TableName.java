package io.recupero.lake;

import java.util.regex.Pattern;

/** Where a table lies, by its name. */
final class TableName {

  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?");

  private TableName() {}

  /** Returns the table's folder or URI below that of all tables. */
  static String location(String tables, String table) {
    if (!VALID.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "Invalid table name "
              + table
              + ": it must be layer.name or name, in lower case letters, digits and underscores.");
    }
    return tables + '/' + table.replace('.', '/');
  }
}
