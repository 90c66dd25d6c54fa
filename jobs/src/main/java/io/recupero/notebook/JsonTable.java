package io.recupero.notebook;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small table as one JSON text: {@code {"columns": [...], "dates": [...], "rows": [[...]]}}.
 *
 * <p>To fetch it cell by cell through py4j would cost a question each. Decimals keep all their
 * digits; dates are ISO text, in the columns that {@code dates} names.
 */
final class JsonTable {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  private JsonTable() {}

  /** Returns the text of a table: texts, dates, whole numbers, decimals, nulls. */
  static String of(List<String> columns, List<List<Object>> rows) {
    List<String> dates =
        columns.stream()
            .filter(
                column ->
                    rows.stream()
                        .anyMatch(row -> row.get(columns.indexOf(column)) instanceof LocalDate))
            .toList();
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("columns", columns);
    table.put("dates", dates);
    table.put(
        "rows", rows.stream().map(row -> row.stream().map(JsonTable::plain).toList()).toList());
    try {
      return JSON.writeValueAsString(table);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every table of plain values is JSON", e);
    }
  }

  private static Object plain(Object value) {
    boolean known =
        value == null
            || value instanceof String
            || value instanceof Boolean
            || value instanceof Long
            || value instanceof Integer
            || value instanceof Double
            || value instanceof BigDecimal;
    return known ? value : value.toString();
  }
}
