package io.recupero.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFFillProperties;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFNoFillProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.BarGrouping;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.DisplayBlanks;
import org.apache.poi.xddf.usermodel.chart.Grouping;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.MarkerStyle;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFLineChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** One native chart, drawn of the cells of its table: who edits them sees it move. */
final class WorkbookChart {

  private static final short MARKER_POINTS = 5;
  private static final double TITLE_POINTS = 12;
  private static final double LINE_POINTS = 1.5;

  /** The first line is that of all currencies, where there are several. */
  private static final double FIRST_LINE_POINTS = 3;

  private static final int GAP_PERCENT = 60;

  /** Columns that a waterfall needs for itself. */
  static final int HELPERS = 5;

  private static final List<String> PARTS_OF_STEPS = List.of("base", "level", "up", "down");

  private final XSSFSheet sheet;
  private final XSSFChart drawing;
  private final Chart chart;
  private final Table table;
  private final int header;
  private final Texts texts;
  private XDDFCategoryAxis categories;

  /**
   * Prepares a chart.
   *
   * @param header the row of the table's header
   */
  WorkbookChart(
      XSSFSheet sheet, XSSFChart drawing, Chart chart, Table table, int header, Texts texts) {
    this.texts = texts;
    this.sheet = sheet;
    this.drawing = drawing;
    this.chart = chart;
    this.table = table;
    this.header = header;
    drawing.setTitleText(chart.title());
    drawing.setTitleOverlay(false);
    drawing
        .getTitle()
        .getBody()
        .getParagraphs()
        .forEach(
            paragraph -> paragraph.getTextRuns().forEach(run -> run.setFontSize(TITLE_POINTS)));
    drawing.displayBlanksAs(DisplayBlanks.GAP);
  }

  /** A line a row. */
  void lines() {
    XDDFLineChartData data =
        (XDDFLineChartData) drawing.createData(ChartTypes.LINE, categories(), values());
    data.setVaryColors(false);
    data.setGrouping(Grouping.STANDARD); // the format wants it said
    XDDFDataSource<String> months = cells(header, header, chart.firstColumn(), chart.lastColumn());
    for (int i = 0; i < chart.rows().size(); i++) {
      int row = rowOf(chart.rows().get(i));
      XDDFLineChartData.Series series =
          (XDDFLineChartData.Series)
              data.addSeries(months, numbers(row, row, chart.firstColumn(), chart.lastColumn()));
      series.setTitle(
          label(i), new CellReference(sheet.getSheetName(), row, chart.labels(), true, true));
      series.setSmooth(false);
      series.setMarkerStyle(MarkerStyle.CIRCLE);
      series.setMarkerSize(MARKER_POINTS);
      XDDFFillProperties colour = fill(Colours.of(Colours.SERIES, i));
      XDDFLineProperties line = new XDDFLineProperties(colour);
      line.setWidth(i == 0 ? FIRST_LINE_POINTS : LINE_POINTS);
      series.setLineProperties(line);
      series.setFillProperties(colour);
    }
    finish(data, chart.rows().size() > 1);
  }

  /** A bar, or a group of bars, a row. */
  void bars(BarGrouping grouping, List<String> colours) {
    XDDFBarChartData data = barData(grouping);
    XDDFDataSource<String> names = labels();
    for (int i = 0; i < chart.columns().size(); i++) {
      int column = chart.columns().get(i);
      XDDFBarChartData.Series series =
          (XDDFBarChartData.Series)
              data.addSeries(
                  names, numbers(rowOf(chart.firstRow()), rowOf(chart.lastRow()), column, column));
      series.setTitle(
          table.columns().get(column).title(),
          new CellReference(sheet.getSheetName(), header, column, true, true));
      series.setFillProperties(fill(Colours.of(colours, i)));
    }
    finish(data, true);
  }

  /**
   * Steps from the first column's amount to the last one's. Excel's own waterfall is a kind of
   * chart that other programs do not draw, so these are bars on bars that are not seen; where they
   * stand is reckoned in hidden columns.
   *
   * @param helpers the first of the hidden columns
   */
  void waterfall(int helpers) {
    List<Step> steps = steps();
    for (int i = 0; i < steps.size(); i++) {
      int at = header + i;
      XSSFRow row = sheet.getRow(at) == null ? sheet.createRow(at) : sheet.getRow(at);
      Step step = steps.get(i);
      row.createCell(helpers).setCellValue(step.name);
      row.createCell(helpers + 1).setCellValue(step.base.doubleValue());
      row.createCell(helpers + 2).setCellValue(step.level.doubleValue());
      row.createCell(helpers + 3).setCellValue(step.up.doubleValue());
      row.createCell(helpers + 4).setCellValue(step.down.doubleValue());
    }
    for (int i = 0; i < HELPERS; i++) {
      sheet.setColumnHidden(helpers + i, true);
    }
    drawing.getCTChart().getPlotVisOnly().setVal(false);
    XDDFBarChartData data = barData(BarGrouping.STACKED);
    XDDFDataSource<String> names = cells(header, header + steps.size() - 1, helpers, helpers);
    List<XDDFFillProperties> fills =
        List.of(
            new XDDFNoFillProperties(), fill(Colours.LEVEL), fill(Colours.UP), fill(Colours.DOWN));
    for (int i = 0; i < fills.size(); i++) {
      XDDFBarChartData.Series series =
          (XDDFBarChartData.Series)
              data.addSeries(
                  names,
                  numbers(header, header + steps.size() - 1, helpers + 1 + i, helpers + 1 + i));
      series.setTitle(texts.text("report.steps." + PARTS_OF_STEPS.get(i)), null);
      series.setFillProperties(fills.get(i));
    }
    finish(data, false);
  }

  /** A bar of a waterfall, and the unseen one that it stands on. */
  private record Step(
      String name, BigDecimal base, BigDecimal level, BigDecimal up, BigDecimal down) {}

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    BigDecimal none = BigDecimal.ZERO;
    BigDecimal balance = none;
    for (int column : chart.columns()) {
      Object value = table.rows().get(chart.firstRow()).cells().get(column).value();
      BigDecimal amount = value == null ? none : (BigDecimal) value;
      String name = table.columns().get(column).title();
      if (column == chart.firstColumn() || column == chart.lastColumn()) {
        balance = amount;
        steps.add(new Step(name, none, amount, none, none));
      } else {
        BigDecimal after = balance.add(amount);
        steps.add(
            new Step(name, balance.min(after), none, amount.max(none), amount.min(none).negate()));
        balance = after;
      }
    }
    return steps;
  }

  private XDDFBarChartData barData(BarGrouping grouping) {
    XDDFBarChartData data =
        (XDDFBarChartData) drawing.createData(ChartTypes.BAR, categories(), values());
    data.setBarDirection(BarDirection.COL);
    data.setBarGrouping(grouping);
    data.setVaryColors(false);
    data.setGapWidth(GAP_PERCENT);
    if (grouping == BarGrouping.STACKED) {
      data.setOverlap((byte) 100);
    }
    return data;
  }

  private void finish(org.apache.poi.xddf.usermodel.chart.XDDFChartData data, boolean isNamed) {
    drawing.plot(data);
    if (isNamed) {
      drawing.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
    }
  }

  private XDDFCategoryAxis categories() {
    categories = drawing.createCategoryAxis(AxisPosition.BOTTOM);
    return categories;
  }

  private XDDFValueAxis values() {
    XDDFValueAxis values = drawing.createValueAxis(AxisPosition.LEFT);
    values.crossAxis(categories);
    values.setTitle(chart.unit());
    boolean isPercent = chart.kind() == Chart.Kind.LINES && isPercent();
    values.setNumberFormat(isPercent ? "0%" : "#,##0");
    values.getOrAddMajorGridProperties().setLineProperties(new XDDFLineProperties(fill("D9D9D9")));
    return values;
  }

  private boolean isPercent() {
    Cell first = table.rows().get(chart.firstRow()).cells().get(chart.firstColumn());
    return first.format().kind() == Cell.Kind.PERCENT;
  }

  private int rowOf(int row) {
    return header + 1 + row;
  }

  /** A date has no text of its own in a file: it is told here as a reader sees it. */
  private XDDFDataSource<String> labels() {
    CellRangeAddress cells =
        new CellRangeAddress(
            rowOf(chart.firstRow()), rowOf(chart.lastRow()), chart.labels(), chart.labels());
    String[] names =
        chart.rows().stream()
            .map(row -> table.rows().get(row).cells().get(chart.labels()))
            .map(texts::of)
            .toArray(String[]::new);
    return XDDFDataSourcesFactory.fromArray(
        names, cells.formatAsString(sheet.getSheetName(), true), chart.labels());
  }

  private String label(int place) {
    Object label = table.rows().get(chart.rows().get(place)).cells().get(chart.labels()).value();
    return label == null ? chart.title() : label.toString();
  }

  private XDDFDataSource<String> cells(int firstRow, int lastRow, int firstColumn, int lastColumn) {
    return XDDFDataSourcesFactory.fromStringCellRange(
        sheet, new CellRangeAddress(firstRow, lastRow, firstColumn, lastColumn));
  }

  private XDDFNumericalDataSource<Double> numbers(
      int firstRow, int lastRow, int firstColumn, int lastColumn) {
    return XDDFDataSourcesFactory.fromNumericCellRange(
        sheet, new CellRangeAddress(firstRow, lastRow, firstColumn, lastColumn));
  }

  private static XDDFSolidFillProperties fill(String rgb) {
    int value = Integer.parseInt(rgb, 16);
    return new XDDFSolidFillProperties(
        XDDFColor.from(new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value}));
  }
}
