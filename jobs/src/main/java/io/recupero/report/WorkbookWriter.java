package io.recupero.report;

import io.recupero.report.Cell.Kind;
import io.recupero.report.Table.Column;
import io.recupero.report.Table.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HeaderFooter;
import org.apache.poi.ooxml.POIXMLProperties.CoreProperties;
import org.apache.poi.ss.usermodel.PaperSize;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Writes a report as an Excel workbook: a sheet a section, real numbers and dates, native charts.
 *
 * <p>No cell is ever a formula: what comes from data is written as a typed value, and a text that
 * looks like a formula is marked as text as well, for whoever edits it later.
 */
final class WorkbookWriter {

  private static final int NARROWEST = 9;
  private static final int WIDEST = 60;
  private static final int LONGEST_TEXT = 32_767;

  private static final float LINE_POINTS = 16;

  /** Rows above the main table: title, subtitle, and an empty one. */
  private static final int ABOVE = 3;

  private final Report report;
  private final XSSFWorkbook workbook = new XSSFWorkbook();
  private final WorkbookStyles styles;

  private WorkbookWriter(Report report) {
    this.report = report;
    this.styles = new WorkbookStyles(workbook, report.language());
  }

  /** Returns the file: of the same report the same bytes. */
  static byte[] write(Report report) {
    WorkbookWriter writer = new WorkbookWriter(report);
    try (writer.workbook) {
      report.sections().forEach(writer::sheet);
      writer.describe();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      writer.workbook.write(out);
      return undated(out.toByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot write the workbook", e);
    }
  }

  /** What a file says of itself must not hang on when it was written. */
  private void describe() {
    CoreProperties properties = workbook.getProperties().getCoreProperties();
    properties.setTitle(report.title());
    properties.setCreator("Recupero");
    Optional<Date> when = Optional.of(Date.from(report.knownAt()));
    properties.setCreated(when);
    properties.setModified(when);
  }

  private static byte[] undated(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(file));
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        to.putNextEntry(same);
        from.transferTo(to);
        to.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private void sheet(Section section) {
    XSSFSheet sheet = workbook.createSheet(WorkbookUtil.createSafeSheetName(section.title()));
    text(sheet, 0, report.title() + " \u2013 " + section.title()).setCellStyle(styles.title());
    text(sheet, 1, report.subtitle()).setCellStyle(styles.subtitle());
    int row = ABOVE;
    List<Integer> headers = new ArrayList<>();
    for (Table table : section.tables()) {
      if (!table.title().isEmpty()) {
        text(sheet, row++, table.title()).setCellStyle(styles.caption());
      }
      headers.add(row);
      row = table(sheet, row, table) + 1;
    }
    for (String note : section.notes()) {
      text(sheet, row++, note).setCellStyle(styles.note());
    }
    widths(sheet, section);
    if (!section.tables().isEmpty()) {
      keepInSight(sheet, headers.get(0), section.tables().get(0));
      // On paper the header of one table must not stand above the rows of another.
      int repeated = section.tables().size() == 1 ? headers.get(0) : 0;
      sheet.setRepeatingRows(new CellRangeAddress(repeated, repeated, -1, -1));
    }
    print(sheet);
    WorkbookCharts.draw(sheet, section, headers, report.language());
  }

  private static XSSFCell text(XSSFSheet sheet, int row, String text) {
    XSSFCell cell = sheet.createRow(row).createCell(0);
    cell.setCellValue(text);
    return cell;
  }

  /** Writes a table, and returns the row after it. */
  private int table(XSSFSheet sheet, int headerRow, Table table) {
    XSSFRow header = sheet.createRow(headerRow);
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      XSSFCell cell = header.createCell(i);
      cell.setCellValue(column.title());
      cell.setCellStyle(styles.header(column.isNumeric()));
    }
    header.setHeightInPoints(LINE_POINTS * linesOf(table));
    int row = headerRow + 1;
    for (Line line : table.rows()) {
      XSSFRow cells = sheet.createRow(row++);
      for (int i = 0; i < line.cells().size(); i++) {
        write(cells.createCell(i), line.cells().get(i), line.isTotal());
      }
    }
    return row;
  }

  /** Titles are broken where their columns are narrower than they are. */
  private int linesOf(Table table) {
    int lines = 1;
    for (int i = 0; i < table.columns().size(); i++) {
      int width = Math.min(width(table, i), WIDEST);
      lines = Math.max(lines, 1 + table.columns().get(i).title().length() / (width + 1));
    }
    return lines;
  }

  private void write(XSSFCell to, Cell cell, boolean isTotal) {
    boolean isText = cell.format().kind() == Kind.TEXT;
    String text = isText && !cell.isEmpty() ? cell.value().toString() : "";
    to.setCellStyle(
        styles.of(cell.format(), isTotal, text.length() > WIDEST, looksLikeFormula(text)));
    if (cell.isEmpty()) {
      return; // empty, not zero
    }
    switch (cell.format().kind()) {
      case TEXT -> to.setCellValue(text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
      case DATE, MONTH -> to.setCellValue((LocalDate) cell.value());
      case TIME -> to.setCellValue((LocalDateTime) cell.value());
      case PERCENT -> to.setCellValue(((BigDecimal) cell.value()).movePointLeft(2).doubleValue());
      case NUMBER, SIGNED -> to.setCellValue(((BigDecimal) cell.value()).doubleValue());
    }
  }

  static boolean looksLikeFormula(String text) {
    return !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0;
  }

  private void widths(XSSFSheet sheet, Section section) {
    // Also without a table: a sheet that says nothing of its columns is not valid.
    List<Integer> widths = new ArrayList<>(List.of(NARROWEST));
    for (Table table : section.tables()) {
      for (int i = 0; i < table.columns().size(); i++) {
        if (widths.size() == i) {
          widths.add(NARROWEST);
        }
        widths.set(i, Math.max(widths.get(i), width(table, i)));
      }
    }
    for (int i = 0; i < widths.size(); i++) {
      sheet.setColumnWidth(i, 256 * (Math.min(widths.get(i), WIDEST) + 3));
    }
  }

  /** A header may be broken at its spaces, a value may not. */
  private int width(Table table, int column) {
    int width = NARROWEST;
    for (String word : table.columns().get(column).title().split(" ")) {
      width = Math.max(width, word.length() + 2);
    }
    for (Line line : table.rows()) {
      width = Math.max(width, report.language().of(line.cells().get(column)).length());
    }
    return width;
  }

  private static void keepInSight(XSSFSheet sheet, int headerRow, Table table) {
    sheet.createFreezePane(0, headerRow + 1);
    sheet.setAutoFilter(
        new CellRangeAddress(
            headerRow,
            headerRow + Math.max(1, table.rows().size()),
            0,
            table.columns().size() - 1));
  }

  private static void print(XSSFSheet sheet) {
    sheet.setFitToPage(true);
    sheet.getPrintSetup().setLandscape(true);
    sheet.getPrintSetup().setPaperSize(PaperSize.A4_PAPER);
    sheet.getPrintSetup().setFitWidth((short) 1);
    sheet.getPrintSetup().setFitHeight((short) 0);
    sheet.getFooter().setLeft(HeaderFooter.tab());
    sheet.getFooter().setRight(HeaderFooter.page() + " / " + HeaderFooter.numPages());
    sheet.setDisplayGridlines(false);
  }
}
