package io.recupero.segment.learned;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/** Values as Spark SQL. */
final class SqlText {

  private static final MathContext READABLE = new MathContext(3, RoundingMode.HALF_EVEN);

  private SqlText() {}

  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static String list(List<String> texts) {
    return texts.stream().map(SqlText::literal).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Returns all digits: what is computed again must be the same. */
  static String exact(double number) {
    return Double.toString(number) + "D";
  }

  /** Returns three digits that count: what people read. */
  static String readable(double number) {
    return BigDecimal.valueOf(number).round(READABLE).stripTrailingZeros().toPlainString();
  }
}
