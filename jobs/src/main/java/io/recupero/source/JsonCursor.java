package io.recupero.source;

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

  JsonCursor(List<String> columns) {
    this.columns = columns.toArray(String[]::new);
  }

  /** Sets the current record; null for one that cannot be read. */
  final void current(Map<String, String> values) {
    this.current = values;
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
    return current == null ? CsvCursor.UNREADABLE : null;
  }

  @Override
  public final UTF8String value(int column) {
    String text = current == null ? null : current.get(columns[column]);
    return text == null ? null : FieldText.strip(text);
  }
}
