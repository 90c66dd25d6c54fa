package io.recupero.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * The figures of a report as JSON, for the scripts of the page: exact values beside the texts that
 * readers see of them, so that the page writes no number by itself.
 */
final class PageData {

  private PageData() {}

  static String of(Report report) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setCharacterEscapes(new SafeJson());
      json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      json.writeStartObject();
      json.writeStringField("locale", report.language().locale().toLanguageTag());
      json.writeStringField("asOf", report.asOf().toString());
      json.writeObjectFieldStart("colours");
      texts(json, "series", Colours.SERIES);
      texts(json, "ages", Colours.AGES);
      texts(json, "steps", List.of(Colours.LEVEL, Colours.UP, Colours.DOWN));
      json.writeEndObject();
      json.writeObjectFieldStart("sections");
      for (Section section : report.sections()) {
        section(json, section, report.language());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the figures of the page", e);
    }
    return out.toString();
  }

  private static void section(JsonGenerator json, Section section, Texts texts) throws IOException {
    json.writeObjectFieldStart(section.id());
    json.writeArrayFieldStart("tables");
    for (Table table : section.tables()) {
      table(json, table, texts);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("charts");
    for (Chart chart : section.charts()) {
      chart(json, chart);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void table(JsonGenerator json, Table table, Texts texts) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", table.id());
    texts(json, "columns", table.columns().stream().map(Table.Column::id).toList());
    texts(json, "titles", table.columns().stream().map(Table.Column::title).toList());
    json.writeArrayFieldStart("rows");
    for (Table.Line line : table.rows()) {
      json.writeStartArray();
      for (Cell cell : line.cells()) {
        value(json, cell.value());
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("texts");
    for (Table.Line line : table.rows()) {
      json.writeStartArray();
      for (Cell cell : line.cells()) {
        json.writeString(texts.of(cell));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else {
      json.writeString(value.toString());
    }
  }

  private static void chart(JsonGenerator json, Chart chart) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", chart.id());
    json.writeStringField("kind", chart.kind().name());
    json.writeStringField("title", chart.title());
    json.writeStringField("unit", chart.unit());
    json.writeNumberField("table", chart.table());
    json.writeNumberField("labels", chart.labels());
    numbers(json, "rows", chart.rows());
    numbers(json, "columns", chart.columns());
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, List<Integer> numbers)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
