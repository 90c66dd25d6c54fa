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

  /** Returns a number of which three digits count of what it lacks to another. */
  static String readableBelow(int whole, double number) {
    BigDecimal rest = BigDecimal.valueOf(whole).subtract(BigDecimal.valueOf(number));
    return BigDecimal.valueOf(whole)
        .subtract(rest.round(READABLE))
        .stripTrailingZeros()
        .toPlainString();
  }
}
