package io.recupero.report;

import java.util.List;
import org.apache.poi.xddf.usermodel.chart.BarGrouping;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** Places the charts of a sheet beside its tables. */
final class WorkbookCharts {

  private static final int COLUMNS = 9;
  private static final int ROWS = 18;

  /** The steps of a waterfall have long names. */
  private static final int ROWS_OF_WATERFALL = 24;

  /** Below the header, which is repeated on paper, and what stands on it too. */
  private static final int TOP = 4;

  private WorkbookCharts() {}

  /**
   * Draws the charts of a section.
   *
   * @param headers the row of the header of each of its tables
   */
  static void draw(XSSFSheet sheet, Section section, List<Integer> headers, Texts texts) {
    int left = 1 + section.tables().stream().mapToInt(it -> it.columns().size()).max().orElse(0);
    int top = TOP;
    int helpers = left + COLUMNS + 2;
    for (Chart chart : section.charts()) {
      int rows = chart.kind() == Chart.Kind.WATERFALL ? ROWS_OF_WATERFALL : ROWS;
      XSSFDrawing drawings = sheet.createDrawingPatriarch();
      XSSFChart drawing =
          drawings.createChart(
              drawings.createAnchor(0, 0, 0, 0, left, top, left + COLUMNS, top + rows - 1));
      WorkbookChart of =
          new WorkbookChart(
              sheet,
              drawing,
              chart,
              section.tables().get(chart.table()),
              headers.get(chart.table()),
              texts);
      switch (chart.kind()) {
        case LINES -> of.lines();
        case STACKED -> of.bars(BarGrouping.STACKED, Colours.AGES);
        // Excel draws neither limits nor discs of its own: bars say the same there
        case BARS, LIMITS, MATRIX -> of.bars(BarGrouping.CLUSTERED, Colours.SERIES);
        case WATERFALL -> of.waterfall(helpers);
      }
      top += rows;
      helpers += WorkbookChart.HELPERS;
    }
  }
}
