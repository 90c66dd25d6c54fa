package io.recupero.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class WorkbookWriterTest {

  private static final int HEADER = 3;

  private final byte[] file = WorkbookWriter.write(Reported.sample(Reported.SPANISH));

  @Test
  void noNameOfACustomerBecomesAFormula() throws IOException {
    try (XSSFWorkbook workbook = Reported.workbook(file)) {
      XSSFSheet sheet = workbook.getSheetAt(0);
      for (int i = 0; i < Reported.HOSTILE.size(); i++) {
        XSSFCell name = cell(sheet, i, 0);
        assertThat(name.getCellType()).isEqualTo(CellType.STRING);
        String expected = Reported.HOSTILE.get(i);
        assertThat(name.getStringCellValue()).isEqualTo(expected);
        assertThat(name.getCellStyle().getQuotePrefixed())
            .as(expected)
            .isEqualTo("=+-@".indexOf(expected.charAt(0)) >= 0);
      }
      sheet.forEach(
          row -> row.forEach(it -> assertThat(it.getCellType()).isNotEqualTo(CellType.FORMULA)));
    }
  }

  @Test
  void amountsSharesAndDatesAreNumbersWrittenAsTheirCurrencyIs() throws IOException {
    try (XSSFWorkbook workbook = Reported.workbook(file)) {
      XSSFSheet sheet = workbook.getSheetAt(0);
      assertThat(cell(sheet, 0, 1).getNumericCellValue()).isEqualTo(1234567);
      assertThat(format(sheet, 1)).isEqualTo("#,##0");
      assertThat(format(sheet, 2)).isEqualTo("#,##0.0000");
      assertThat(format(sheet, 3)).isEqualTo("#,##0.00");
      assertThat(cell(sheet, 0, 4).getNumericCellValue()).isEqualTo(0.384012);
      assertThat(format(sheet, 4)).isEqualTo("0.00%");
      assertThat(cell(sheet, 0, 5).getLocalDateTimeCellValue().toLocalDate())
          .hasToString("2026-03-31");
      assertThat(format(sheet, 5)).isEqualTo("dd-mm-yyyy");
    }
  }

  @Test
  void whatIsNotKnownIsEmptyAndNotZero() throws IOException {
    try (XSSFWorkbook workbook = Reported.workbook(file)) {
      for (int i = 0; i < 6; i++) {
        assertThat(cell(workbook.getSheetAt(0), Reported.HOSTILE.size(), i).getCellType())
            .isEqualTo(CellType.BLANK);
      }
    }
  }

  @Test
  void theHeaderStaysInSightOnScreenAndPaperAndFilters() throws IOException {
    try (XSSFWorkbook workbook = Reported.workbook(file)) {
      XSSFSheet sheet = workbook.getSheetAt(0);
      assertThat(sheet.getPaneInformation().getHorizontalSplitPosition())
          .isEqualTo((short) (HEADER + 1));
      assertThat(sheet.getRepeatingRows().getFirstRow()).isEqualTo(HEADER);
      assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A4:F13");
      assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
      assertThat(sheet.getFitToPage()).isTrue();
      assertThat(sheet.getDrawingPatriarch().getCharts()).hasSize(4);
    }
  }

  /** Excel offers to repair what other programs read without a word. */
  @Test
  void everythingIsWhatTheSchemasOfTheFormatAllow() throws IOException {
    try (XSSFWorkbook workbook = Reported.workbook(file)) {
      assertThat(Reported.problems(workbook)).isEmpty();
    }
  }

  @Test
  void theSameReportIsTheSameFile() {
    assertThat(WorkbookWriter.write(Reported.sample(Reported.SPANISH))).isEqualTo(file);
  }

  private static XSSFCell cell(XSSFSheet sheet, int row, int column) {
    return sheet.getRow(HEADER + 1 + row).getCell(column);
  }

  private static String format(XSSFSheet sheet, int column) {
    return cell(sheet, 0, column).getCellStyle().getDataFormatString();
  }
}
