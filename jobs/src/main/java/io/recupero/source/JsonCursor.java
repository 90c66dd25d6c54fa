package io.recupero.source;

import io.recupero.contract.Oversized;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What the two ways to write JSON records have in common: a current object whose values are found
 * by name.
 */
abstract class JsonCursor implements RecordCursor {

  private final String[] columns;
  private Map<String, String> current;
  private int oversized = -1;

  JsonCursor(List<String> columns) {
    this.columns = columns.toArray(String[]::new);
  }

  /**
   * Sets the current record; null for one that cannot be read, as one with an oversized value
   * cannot.
   */
  final void current(Map<String, String> values) {
    oversized = -1;
    for (int i = 0; values != null && oversized < 0 && i < columns.length; i++) {
      String value = values.get(columns[i]);
      // A char is one to three bytes of UTF-8.
      if (value != null
          && value.length() > Oversized.LONGEST_VALUE / 3
          && UTF8String.fromString(value).numBytes() > Oversized.LONGEST_VALUE) {
        oversized = i;
      }
    }
    current = values;
  }

  /** Sets a record that is too long to be read at all. */
  final void overlong() {
    current = null;
    oversized = columns.length;
  }

  final Map<String, String> current() {
    return current;
  }

  /** Returns the names in the current record; none when it cannot be read. */
  final Set<String> names() {
    return current == null ? Set.of() : current.keySet();
  }

  @Override
  public final String problem() {
    return oversized >= 0 ? Oversized.REASON : current == null ? CsvCursor.UNREADABLE : null;
  }

  @Override
  public final int oversized() {
    return oversized;
  }

  @Override
  public final UTF8String value(int column) {
    String text = problem() != null ? null : current.get(columns[column]);
    return text == null ? null : FieldText.strip(text);
  }
}
