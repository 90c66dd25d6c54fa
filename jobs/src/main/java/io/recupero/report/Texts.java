package io.recupero.report;

import io.recupero.contract.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The texts of one language, and how it writes values. */
final class Texts {

  /** The texts of the whole program: what a reader sees has one place. */
  private static final String BUNDLE = "io.recupero.cli.messages";

  private static final String MINUS = "\u2212";

  private final Locale locale;
  private final ResourceBundle bundle;

  Texts(Locale locale) {
    this.locale = locale;
    this.bundle = ResourceBundle.getBundle(BUNDLE, locale);
  }

  Locale locale() {
    return locale;
  }

  String language() {
    return locale.getLanguage();
  }

  String text(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), locale).format(arguments);
  }

  /**
   * Returns the text of a code of the data, such as a table's name; the code where none knows it.
   */
  String code(String prefix, String code) {
    if (code == null) {
      return null;
    }
    try {
      return bundle.getString(prefix + "." + code);
    } catch (MissingResourceException e) {
      return code;
    }
  }

  String of(Text text) {
    return text.in(language());
  }

  /** Returns a close as readers call it: a month, or the day where the month goes on. */
  String close(LocalDate close) {
    return Source.isClose(close)
        ? DateTimeFormatter.ofPattern("MMM yyyy", locale).format(close).replace(".", "")
        : date(close);
  }

  String date(LocalDate date) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(date);
  }

  /** Returns what a reader sees of a value; nothing for what is not known. */
  String of(Cell cell) {
    Object value = cell.value();
    if (value == null) {
      return "";
    }
    int decimals = cell.format().decimals();
    return switch (cell.format().kind()) {
      case TEXT -> value.toString();
      case DATE -> date((LocalDate) value);
      case MONTH -> close((LocalDate) value);
      case TIME ->
          date(((LocalDateTime) value).toLocalDate())
              + " "
              + DateTimeFormatter.ofPattern("HH:mm", locale).format((LocalDateTime) value);
      case NUMBER -> number((BigDecimal) value, decimals);
      case PERCENT -> number((BigDecimal) value, decimals) + percentSign();
      case SIGNED -> signed((BigDecimal) value, decimals);
    };
  }

  /** Returns what follows a number in percent. */
  String percentSign() {
    return language().equals("es") ? "\u00a0%" : "%";
  }

  private String signed(BigDecimal value, int decimals) {
    String text = number(value, decimals);
    boolean isPositive = value.setScale(decimals, RoundingMode.HALF_UP).signum() > 0;
    return isPositive ? "+" + text : text;
  }

  private String number(BigDecimal value, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    format.setRoundingMode(RoundingMode.HALF_UP);
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP);
    String text = format.format(rounded.abs());
    return rounded.signum() < 0 ? MINUS + text : text;
  }
}
