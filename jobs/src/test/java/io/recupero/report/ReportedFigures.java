package io.recupero.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.lake.ReleasedLake;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Whether what a workbook and a page say is what the release says. */
public final class ReportedFigures {

  private final ReleasedLake lake;
  private final LocalDate asOf;
  private final Cards cards = Cards.load();
  private final Report report;
  private final JsonNode data;
  private final XSSFWorkbook workbook;

  private ReportedFigures(ReleasedLake lake, LocalDate asOf) throws IOException {
    this.lake = lake;
    this.asOf = asOf;
    this.report = Reports.of(lake, new ReportRequest(asOf, Reported.SPANISH, null, null, null));
    this.data = Reported.data(PageWriter.write(report));
    this.workbook = Reported.workbook(WorkbookWriter.write(report));
  }

  /** Makes the report of a release, and holds every figure of it against the release. */
  public static void check(ReleasedLake lake, LocalDate asOf) throws IOException {
    ReportedFigures figures = new ReportedFigures(lake, asOf);
    figures.theWorkbookIsWhatItsFormatAllows();
    figures.bothFilesSayTheSame();
    figures.headlinesAreThoseOfTheCards();
    figures.bridgeIsThatOfGold();
    figures.agesAddUpToTheOpenBalance();
    figures.debtorsTogetherOweWhatTheMartsSay();
    figures.aSliceIsTheSameFiguresOfLess();
  }

  /** Returns the rows of a table of the report of a release as text, without empty cells. */
  public static List<String> rows(ReleasedLake lake, LocalDate asOf, String section) {
    return Reports.of(lake, new ReportRequest(asOf, Reported.SPANISH, null, null, null))
        .sections()
        .stream()
        .filter(it -> it.id().equals(section))
        .flatMap(it -> it.tables().stream())
        .flatMap(table -> table.rows().stream())
        .map(
            row ->
                row.cells().stream()
                    .map(Cell::value)
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private void theWorkbookIsWhatItsFormatAllows() {
    assertThat(Reported.problems(workbook)).isEmpty();
  }

  private void bothFilesSayTheSame() {
    for (Section section : report.sections()) {
      for (int i = 0; i < section.tables().size(); i++) {
        Table table = section.tables().get(i);
        JsonNode ofPage = data.at("/sections/" + section.id() + "/tables/" + i + "/rows");
        List<List<Object>> ofWorkbook = rows(section, table);
        assertThat(ofPage).as(table.id()).hasSameSizeAs(table.rows());
        assertThat(ofWorkbook).as(table.id()).hasSameSizeAs(table.rows());
        for (int row = 0; row < table.rows().size(); row++) {
          for (int column = 0; column < table.columns().size(); column++) {
            Cell cell = table.rows().get(row).cells().get(column);
            String where = section.id() + "." + table.id() + "[" + row + "][" + column + "]";
            same(where, cell, ofWorkbook.get(row).get(column));
            JsonNode value = ofPage.get(row).get(column);
            if (cell.isEmpty()) {
              assertThat(value.isNull()).as(where).isTrue();
            } else if (cell.value() instanceof BigDecimal number) {
              assertThat(value.decimalValue()).as(where).isEqualByComparingTo(number);
            } else {
              assertThat(value.asText()).as(where).isEqualTo(cell.value().toString());
            }
          }
        }
      }
    }
  }

  private static void same(String where, Cell cell, Object written) {
    if (cell.isEmpty()) {
      assertThat(written).as(where).isNull();
    } else if (cell.value() instanceof BigDecimal number) {
      boolean isPercent = cell.format().kind() == Cell.Kind.PERCENT;
      double expected = number.movePointLeft(isPercent ? 2 : 0).doubleValue();
      assertThat((Double) written)
          .as(where)
          .isCloseTo(expected, within(Math.abs(expected) * 1e-12 + 1e-12));
    } else if (cell.value() instanceof String) {
      assertThat(written).as(where).isEqualTo(cell.value());
    } else {
      assertThat(written).as(where).isInstanceOf(Double.class);
    }
  }

  /** Returns the values of a table's cells in its sheet: text, number or null; never a formula. */
  private List<List<Object>> rows(Section section, Table table) {
    XSSFSheet sheet = workbook.getSheet(section.title());
    int header = -1;
    for (Row row : sheet) {
      boolean isHeader = true;
      for (int i = 0; i < table.columns().size() && isHeader; i++) {
        org.apache.poi.ss.usermodel.Cell cell = row.getCell(i);
        isHeader =
            cell != null
                && cell.getCellType() == CellType.STRING
                && cell.getStringCellValue().equals(table.columns().get(i).title());
      }
      header = isHeader && header < 0 ? row.getRowNum() : header;
    }
    assertThat(header).as("header of " + table.id()).isNotNegative();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      List<Object> row = new ArrayList<>();
      for (int column = 0; column < table.columns().size(); column++) {
        XSSFCell cell = sheet.getRow(header + 1 + i).getCell(column);
        row.add(
            switch (cell.getCellType()) {
              case STRING -> cell.getStringCellValue();
              case NUMERIC -> cell.getNumericCellValue();
              case BLANK -> null;
              default -> throw new AssertionError(table.id() + " holds a " + cell.getCellType());
            });
      }
      rows.add(row);
    }
    return rows;
  }

  private void headlinesAreThoseOfTheCards() {
    Kpis kpis =
        new Kpis(cards, MartShape.all(Contracts.load()), MartReader.of(lake, Contracts.load()));
    // The end of the month before, or the same day of it where the month is not over.
    boolean isOver = asOf.plusDays(1).getDayOfMonth() == 1;
    LocalDate before = isOver ? asOf.withDayOfMonth(1).minusDays(1) : asOf.minusMonths(1);
    String running = "Mes en curso, " + asOf.getDayOfMonth() + " días";
    assertThat(report.sections().get(0).notes().stream().anyMatch(n -> n.startsWith(running)))
        .isEqualTo(!isOver);
    List<KpiRow> expected = new ArrayList<>();
    List<LocalDate> dates = List.of(before, asOf);
    expected.addAll(
        kpis.evaluate(new KpiQuery(Headlines.OF_MONEY, dates, List.of("currency"), null, null))
            .rows());
    expected.addAll(
        kpis.evaluate(new KpiQuery(Headlines.OF_PEOPLE, dates, List.of(), null, null)).rows());
    Map<List<String>, Map<LocalDate, BigDecimal>> values = new HashMap<>();
    for (KpiRow row : expected) {
      String block = row.dimensions().isEmpty() ? null : row.dimensions().get(0);
      List<String> key = new ArrayList<>();
      key.add(block);
      key.add(cards.find(row.kpi()).orElseThrow().name().es());
      values.computeIfAbsent(key, any -> new HashMap<>()).put(row.asOf(), row.exactValue());
    }
    int checked = 0;
    List<JsonNode> rows = new ArrayList<>();
    data.at("/sections/summary/tables/0/rows").forEach(rows::add);
    data.at("/sections/currencies/tables/0/rows").forEach(rows::add);
    for (JsonNode row : rows) {
      List<String> key = new ArrayList<>();
      key.add(row.get(0).isNull() ? null : row.get(0).asText());
      key.add(row.get(1).asText());
      if (values.containsKey(key)) {
        same(key + " now", values.get(key).get(asOf), row.get(2));
        same(key + " before", values.get(key).get(before), row.get(4));
        checked++;
      }
    }
    assertThat(checked)
        .isGreaterThanOrEqualTo(Headlines.OF_PEOPLE.size() + Headlines.OF_MONEY.size());
  }

  private static void same(String where, BigDecimal expected, JsonNode written) {
    if (expected == null) {
      assertThat(written.isNull()).as(where).isTrue();
    } else {
      assertThat(written.decimalValue()).as(where).isEqualByComparingTo(expected);
    }
  }

  private void bridgeIsThatOfGold() {
    Map<String, org.apache.spark.sql.Row> gold = new HashMap<>();
    lake.read("gold.month_bridge")
        .where("as_of = DATE'" + asOf + "'")
        .groupBy("currency")
        .agg(
            org.apache.spark.sql.functions.sum("opening_amount"),
            org.apache.spark.sql.functions.sum("cash_amount"),
            org.apache.spark.sql.functions.sum("closing_amount"))
        .collectAsList()
        .forEach(row -> gold.put(row.getString(0), row));
    int checked = 0;
    for (JsonNode row : data.at("/sections/bridge/tables/0/rows")) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int step = 2; step < 11; step++) {
        sum = sum.add(row.get(step).decimalValue());
      }
      assertThat(sum).isEqualByComparingTo(row.get(11).decimalValue());
      if (row.get(1).asText().equals(asOf.toString())) {
        org.apache.spark.sql.Row of = gold.get(row.get(0).asText());
        assertThat(row.get(2).decimalValue()).isEqualByComparingTo(of.getDecimal(1));
        assertThat(row.get(6).decimalValue().negate()).isEqualByComparingTo(of.getDecimal(2));
        assertThat(row.get(11).decimalValue()).isEqualByComparingTo(of.getDecimal(3));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(gold.size()).isPositive();
  }

  private void agesAddUpToTheOpenBalance() {
    for (JsonNode row : data.at("/sections/ageing/tables/0/rows")) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int bucket = 2; bucket < 8; bucket++) {
        sum = sum.add(row.get(bucket).decimalValue());
      }
      assertThat(sum).as(row.toString()).isEqualByComparingTo(row.get(8).decimalValue());
    }
  }

  private void aSliceIsTheSameFiguresOfLess() {
    Table all = ageing(report.sections());
    String currency = (String) all.rows().get(0).cells().get(0).value();
    String segment = (String) all.rows().get(0).cells().get(1).value();
    Source source =
        new Source(lake, new ReportRequest(asOf, Reported.SPANISH, null, segment, currency));
    Headlines headlines = new Headlines(source);
    Table sliced = ageing(List.of(new AgeingSection().make(source, headlines).orElseThrow()));
    assertThat(sliced.rows()).hasSize(2);
    assertThat(sliced.rows().get(0)).isEqualTo(all.rows().get(0));
    for (Table.Line row :
        new DebtorsSection().make(source, headlines).orElseThrow().tables().get(0).rows()) {
      assertThat(row.cells().get(0).value()).isEqualTo(currency);
      assertThat(row.cells().get(4).value()).isEqualTo(segment);
    }
  }

  private static Table ageing(List<Section> sections) {
    return sections.stream()
        .filter(section -> section.id().equals("ageing"))
        .findFirst()
        .orElseThrow()
        .tables()
        .get(0);
  }

  private void debtorsTogetherOweWhatTheMartsSay() {
    Source source = new Source(lake, new ReportRequest(asOf, Reported.SPANISH, null, null, null));
    Map<String, BigDecimal> overdue = new HashMap<>();
    Map<String, BigDecimal> open = new HashMap<>();
    for (var row :
        DebtorsSection.debtors(source)
            .groupBy("currency")
            .agg(
                org.apache.spark.sql.functions.sum("overdue"),
                org.apache.spark.sql.functions.sum("open"))
            .collectAsList()) {
      overdue.put(row.getString(0), row.getDecimal(1));
      open.put(row.getString(0), row.getDecimal(2));
    }
    for (JsonNode row : data.at("/sections/ageing/tables/0/rows")) {
      if (Objects.equals(row.get(1).asText(), report.language().text("report.total"))) {
        String currency = row.get(0).asText();
        assertThat(row.get(8).decimalValue()).isEqualByComparingTo(open.get(currency));
        assertThat(row.get(9).decimalValue()).isEqualByComparingTo(overdue.get(currency));
      }
    }
  }
}
