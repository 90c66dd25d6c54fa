package io.recupero.kpi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes figures for programs and for people. The CSV is an interface: {@code
 * kpi,as_of,<dimensions>,value,numerator,denominator,items}, empty for null, numbers plain.
 */
public final class KpiOutput {

  private static final int DECIMALS_FOR_PEOPLE = 2;

  private KpiOutput() {}

  /** Returns the figures as CSV (RFC 4180, line feeds), with a header. */
  public static String csv(KpiResult result) {
    StringBuilder csv = new StringBuilder(String.join(",", header(result))).append('\n');
    for (KpiRow row : result.rows()) {
      List<String> cells = group(row);
      cells.add(text(row.exactValue()));
      cells.add(text(row.numerator()));
      cells.add(text(row.denominator()));
      cells.add(row.items() == null ? "" : row.items().toString());
      csv.append(cells.stream().map(KpiOutput::quoted).collect(Collectors.joining(",")));
      csv.append('\n');
    }
    return csv.toString();
  }

  /** Returns the figures as an array of JSON objects with the names and numbers of the CSV. */
  public static String json(KpiResult result) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      json.writeStartArray();
      for (KpiRow row : result.rows()) {
        json.writeStartObject();
        json.writeStringField("kpi", row.kpi());
        json.writeStringField("as_of", row.asOf().toString());
        for (int i = 0; i < row.dimensions().size(); i++) {
          json.writeStringField(result.query().by().get(i), row.dimensions().get(i));
        }
        number(json, "value", row.exactValue());
        number(json, "numerator", row.numerator());
        number(json, "denominator", row.denominator());
        number(json, "items", row.items() == null ? null : BigDecimal.valueOf(row.items()));
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** Returns the figures as aligned columns, numbers rounded to two decimals. */
  public static String table(KpiResult result) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header(result));
    for (KpiRow row : result.rows()) {
      List<String> cells = group(row);
      cells.add(rounded(row.exactValue()));
      cells.add(rounded(row.numerator()));
      cells.add(rounded(row.denominator()));
      cells.add(row.items() == null ? "" : row.items().toString());
      lines.add(cells);
    }
    int texts = 2 + result.query().by().size();
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - line.get(i).length());
        text.append(i == 0 ? "" : "  ");
        text.append(i < texts ? line.get(i) + space : space + line.get(i));
      }
      table.append(text.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static List<String> header(KpiResult result) {
    List<String> header = new ArrayList<>(List.of("kpi", "as_of"));
    header.addAll(result.query().by());
    header.addAll(List.of("value", "numerator", "denominator", "items"));
    return header;
  }

  private static List<String> group(KpiRow row) {
    List<String> cells = new ArrayList<>(List.of(row.kpi(), row.asOf().toString()));
    row.dimensions().forEach(dimension -> cells.add(dimension == null ? "" : dimension));
    return cells;
  }

  private static void number(JsonGenerator json, String name, BigDecimal number)
      throws IOException {
    if (number == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, number);
    }
  }

  private static String text(BigDecimal number) {
    return number == null ? "" : number.toPlainString();
  }

  private static String rounded(BigDecimal number) {
    return number == null
        ? ""
        : String.format(java.util.Locale.ROOT, "%,.2f", number.setScale(DECIMALS_FOR_PEOPLE, RoundingMode.HALF_EVEN));
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }
}
