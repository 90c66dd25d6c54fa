package io.recupero.report;

import io.recupero.report.Cell.Format;
import io.recupero.report.Cell.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The styles of a workbook, each made once: a file has room for some sixty thousand only. */
final class WorkbookStyles {

  /** Opaque, then red, green and blue: Excel takes a colour of three bytes for a broken one. */
  private static final byte[] HEADER = {-1, (byte) 0x1F, (byte) 0x3A, (byte) 0x5F};

  private static final byte[] WHITE = {-1, -1, -1, -1};
  private static final byte[] GREY = {-1, 0x59, 0x59, 0x59};

  private final XSSFWorkbook workbook;
  private final boolean isSpanish;
  private final Map<Look, XSSFCellStyle> styles = new HashMap<>();

  /** What a style looks like. */
  private record Look(
      Format format, boolean isTotal, boolean isWrapped, boolean isQuoted, String name) {}

  WorkbookStyles(XSSFWorkbook workbook, Texts texts) {
    this.workbook = workbook;
    this.isSpanish = texts.language().equals("es");
  }

  /**
   * Returns the style of a cell.
   *
   * @param isQuoted whether it is a text that must stay one though it looks like a formula
   */
  XSSFCellStyle of(Format format, boolean isTotal, boolean isWrapped, boolean isQuoted) {
    return styles.computeIfAbsent(new Look(format, isTotal, isWrapped, isQuoted, ""), this::ofCell);
  }

  private XSSFCellStyle ofCell(Look look) {
    XSSFCellStyle style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(pattern(look.format)));
    style.setVerticalAlignment(VerticalAlignment.TOP);
    style.setWrapText(look.isWrapped);
    if (Set.of(Kind.DATE, Kind.MONTH, Kind.TIME).contains(look.format.kind())) {
      style.setAlignment(HorizontalAlignment.LEFT); // under its title
      style.setIndention((short) 1);
    }
    style.setQuotePrefixed(look.isQuoted);
    if (look.format.kind() == Kind.TEXT) {
      style.setIndention((short) 1); // off the number in the column before
    }
    if (look.isTotal) {
      style.setFont(font(true, 11, null));
      style.setBorderTop(BorderStyle.THIN);
    }
    return style;
  }

  private String pattern(Format format) {
    return switch (format.kind()) {
      case TEXT -> "@";
      case MONTH -> "mmm yyyy";
      case DATE -> isSpanish ? "dd-mm-yyyy" : "yyyy-mm-dd";
      case TIME -> isSpanish ? "dd-mm-yyyy hh:mm" : "yyyy-mm-dd hh:mm";
      case PERCENT -> "0" + decimals(format) + "%";
      case NUMBER -> "#,##0" + decimals(format);
      case SIGNED -> {
        String number = "#,##0" + decimals(format);
        yield "+" + number + ";-" + number + ";" + number;
      }
    };
  }

  private static String decimals(Format format) {
    return format.decimals() == 0 ? "" : "." + "0".repeat(format.decimals());
  }

  XSSFCellStyle title() {
    return named("title", style -> style.setFont(font(true, 14, null)));
  }

  XSSFCellStyle subtitle() {
    return named("subtitle", style -> style.setFont(font(false, 10, grey())));
  }

  XSSFCellStyle caption() {
    return named("caption", style -> style.setFont(font(true, 12, null)));
  }

  XSSFCellStyle note() {
    return named("note", style -> style.setFont(font(false, 10, grey())));
  }

  XSSFCellStyle header(boolean isNumeric) {
    return named(
        isNumeric ? "header-number" : "header",
        style -> {
          style.setFont(font(true, 11, new XSSFColor(WHITE, null)));
          style.setFillForegroundColor(new XSSFColor(HEADER, null));
          style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
          style.setAlignment(isNumeric ? HorizontalAlignment.RIGHT : HorizontalAlignment.LEFT);
          style.setIndention((short) (isNumeric ? 0 : 1));
          style.setVerticalAlignment(VerticalAlignment.CENTER);
          style.setWrapText(true);
        });
  }

  private XSSFCellStyle named(String name, java.util.function.Consumer<XSSFCellStyle> make) {
    return styles.computeIfAbsent(
        new Look(null, false, false, false, name),
        look -> {
          XSSFCellStyle style = workbook.createCellStyle();
          make.accept(style);
          return style;
        });
  }

  private static XSSFColor grey() {
    return new XSSFColor(GREY, null);
  }

  private XSSFFont font(boolean isBold, int points, XSSFColor colour) {
    XSSFFont font = workbook.createFont();
    font.setBold(isBold);
    font.setFontHeightInPoints((short) points);
    if (colour != null) {
      font.setColor(colour);
    }
    return font;
  }
}
