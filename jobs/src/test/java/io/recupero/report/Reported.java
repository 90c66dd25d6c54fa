package io.recupero.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.recupero.report.Tile.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.xmlbeans.XmlError;
import org.apache.xmlbeans.XmlObject;
import org.apache.xmlbeans.XmlOptions;

/** A small report, written by hand, and what is read back of what it was written as. */
final class Reported {

  static final Locale SPANISH = Locale.forLanguageTag("es-CL");

  /** Names that somebody could give a customer to harm whoever opens the report. */
  static final List<String> HOSTILE =
      List.of(
          "=HYPERLINK(\"http://evil.example\",\"ver\")",
          "+1+1",
          "-2+3+cmd|' /C calc'!A0",
          "@SUM(1)",
          "</script><script>alert(1)</script>",
          "<!--<script>",
          "<img src=x onerror=alert(1)>",
          "Ana & Eva \"SpA\" 'x' \u2028 {{title}} {{{data}}} &lt;b&gt;");

  private Reported() {}

  static Report sample(Locale locale) {
    Texts texts = new Texts(locale);
    Table.Builder names =
        new Table.Builder("names", "")
            .text("name", "Nombre")
            .number("clp", "En pesos")
            .number("clf", "En UF")
            .number("usd", "En d\u00f3lares")
            .number("share", "Parte")
            .text("day", "D\u00eda");
    for (String name : HOSTILE) {
      names.row(
          Cell.text(name),
          Cell.amount(new BigDecimal("1234567"), "CLP"),
          Cell.amount(new BigDecimal("12.3456"), "CLF"),
          Cell.amount(new BigDecimal("-1234.5"), "USD"),
          Cell.percent(new BigDecimal("38.4012")),
          Cell.date(LocalDate.of(2026, 3, 31)));
    }
    names.row(
        Cell.EMPTY,
        Cell.amount(null, "CLP"),
        Cell.amount(null, "CLF"),
        Cell.amount(null, "USD"),
        Cell.percent(null),
        Cell.date(null));
    Tile tile =
        new Tile(
            "delinquency_index",
            HOSTILE.get(4),
            Cell.percent(new BigDecimal("38.4012")),
            "",
            Cell.signed(new BigDecimal("-1.288"), 2),
            "pp",
            Verdict.BETTER,
            HOSTILE.get(7));
    List<Chart> charts =
        List.of(
            chart("bars", Chart.Kind.BARS, List.of(0, 1), List.of(1, 2)),
            chart("stacked", Chart.Kind.STACKED, List.of(0, 1), List.of(1, 2)),
            chart("lines", Chart.Kind.LINES, List.of(0, 1), List.of(1, 2)),
            chart("waterfall", Chart.Kind.WATERFALL, List.of(0), List.of(1, 2, 3)));
    return new Report(
        "Informe",
        "Al 31-03-2026 \u00b7 cartera " + HOSTILE.get(5),
        "informe",
        texts,
        LocalDate.of(2026, 3, 31),
        Instant.parse("2026-04-01T12:00:00Z"),
        List.of(
            new Section(
                "names",
                "Clientes",
                List.of(HOSTILE.get(6)),
                List.of(tile),
                List.of(names.build()),
                charts),
            new Section(
                "quiet", "Nada", List.of("Nada que decir"), List.of(), List.of(), List.of())));
  }

  private static Chart chart(
      String id, Chart.Kind kind, List<Integer> rows, List<Integer> columns) {
    return new Chart(id, id, kind, "CLP", 0, 0, rows, columns);
  }

  static XSSFWorkbook workbook(byte[] file) throws IOException {
    return new XSSFWorkbook(new ByteArrayInputStream(file));
  }

  /** Returns the figures that the page's scripts read. */
  static JsonNode data(byte[] page) throws IOException {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .readTree(json(new String(page, StandardCharsets.UTF_8)));
  }

  static String json(String page) {
    String begin = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(from, page.indexOf("</script>", from));
  }

  /** Returns what the schemas of the format say against a workbook. */
  static List<String> problems(XSSFWorkbook workbook) {
    List<XmlObject> parts = new ArrayList<>();
    parts.add(workbook.getCTWorkbook());
    parts.add(workbook.getStylesSource().getCTStylesheet());
    for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
      XSSFSheet sheet = workbook.getSheetAt(i);
      parts.add(sheet.getCTWorksheet());
      if (sheet.getDrawingPatriarch() != null) {
        sheet.getDrawingPatriarch().getCharts().forEach(it -> parts.add(it.getCTChartSpace()));
      }
    }
    List<String> problems = new ArrayList<>();
    for (XmlObject part : parts) {
      List<XmlError> errors = new ArrayList<>();
      part.validate(new XmlOptions().setErrorListener(errors));
      errors.forEach(error -> problems.add(part.schemaType() + ": " + error));
    }
    return problems;
  }
}
