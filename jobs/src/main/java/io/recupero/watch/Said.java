package io.recupero.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;

/** Numbers as a language writes them in a sentence. */
final class Said {

  private static final Locale ES = Locale.forLanguageTag("es-CL");
  private static final Locale EN = Locale.forLanguageTag("en-US");
  private static final int DECIMALS = 2;

  private Said() {}

  static String es(BigDecimal number) {
    return in(ES, number);
  }

  static String en(BigDecimal number) {
    return in(EN, number);
  }

  /**
   * Two decimals are enough for eyes; below one, as many as it takes to see that it is not zero.
   */
  private static String in(Locale locale, BigDecimal number) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setRoundingMode(RoundingMode.HALF_EVEN);
    int leading = number.signum() == 0 ? 0 : number.scale() - number.precision();
    format.setMaximumFractionDigits(Math.max(DECIMALS, leading + DECIMALS));
    return format.format(number);
  }
}
