package io.recupero.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * A value and how it is written.
 *
 * @param value a text, a {@link BigDecimal}, a {@link LocalDate}, a {@link LocalDateTime}, or null:
 *     nothing is known, which is not zero
 */
record Cell(Object value, Format format) {

  /** How a value is written. */
  enum Kind {
    TEXT,
    NUMBER,
    /** A number whose sign is always told: a change. */
    SIGNED,
    /** A number in percent: 25, not 0.25. */
    PERCENT,
    DATE,
    /** A date that stands for its month, as its last day. */
    MONTH,
    TIME
  }

  /**
   * How a value is written.
   *
   * @param decimals of a number
   */
  record Format(Kind kind, int decimals) {}

  private static final Format TEXT = new Format(Kind.TEXT, 0);
  private static final Format DATE = new Format(Kind.DATE, 0);
  private static final Format MONTH = new Format(Kind.MONTH, 0);
  private static final Format TIME = new Format(Kind.TIME, 0);

  /** Nothing, where a text would be. Made after its format: constants are made in order. */
  static final Cell EMPTY = new Cell(null, TEXT);

  static Cell text(String text) {
    // Control characters are no text in XML, and lines are the writer's to break.
    String plain = text == null ? null : text.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
    return new Cell(plain == null || plain.isEmpty() ? null : plain, TEXT);
  }

  static Cell date(LocalDate date) {
    return new Cell(date, DATE);
  }

  /** Returns a close: its month, or its day where the month goes on. */
  static Cell close(LocalDate close) {
    boolean isMonth = Source.isClose(close);
    return new Cell(close, isMonth ? MONTH : DATE);
  }

  static Cell time(LocalDateTime time) {
    return new Cell(time, TIME);
  }

  static Cell whole(Long number) {
    return number(number == null ? null : BigDecimal.valueOf(number), 0);
  }

  static Cell number(BigDecimal number, int decimals) {
    return new Cell(number, new Format(Kind.NUMBER, decimals));
  }

  static Cell signed(BigDecimal number, int decimals) {
    return new Cell(number, new Format(Kind.SIGNED, decimals));
  }

  static Cell percent(BigDecimal number) {
    return new Cell(number, new Format(Kind.PERCENT, 2));
  }

  /** Returns an amount with as many decimals as its currency has. */
  static Cell amount(BigDecimal amount, String currency) {
    return number(amount, Currencies.decimals(currency));
  }

  boolean isEmpty() {
    return value == null;
  }
}
