package io.recupero.source;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads numbers as people and their tools write them, under the decimal and thousands signs that a
 * source says: a minus of any kind before or behind, parentheses for negative, exponents, and the
 * signs and code of the amount's own currency around it. Nothing is guessed: a text that is not
 * written like this is no number.
 */
final class NumberText {

  /** What mapping expressions call it once {@link Helpers} has written them out. */
  static final String FUNCTION = "canonical_number";

  private static final Pattern MINUS = Pattern.compile("[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]");
  private static final Pattern APOSTROPHE =
      Pattern.compile("[\u2018\u2019\u201B\u02B9\u02BC\u2032\u0060\u00B4\uFF07]");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\s]]");
  private static final Pattern PASSES = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?[dDfF]?");
  private static final int LONGEST = 100;
  private static final int LARGEST_EXPONENT = 40;

  private static final Map<String, NumberText> KNOWN = new ConcurrentHashMap<>();

  private final Pattern form;
  private final String thousands;

  /**
   * @param decimal the decimal sign
   * @param thousands the sign between thousands, a space for every kind of space; empty for none
   */
  NumberText(String decimal, String thousands) {
    this.thousands = plain(thousands);
    String whole =
        thousands.isEmpty()
            ? "[0-9]*"
            : "(?:[0-9]{1,3}(?:" + Pattern.quote(this.thousands) + "[0-9]{3})+|[0-9]*)";
    this.form =
        Pattern.compile(
            "("
                + whole
                + ")(?:"
                + Pattern.quote(plain(decimal))
                + "([0-9]+))?(?:[eE]([+-]?[0-9]{1,2}))?");
  }

  /** Makes the function known to a session. */
  static void register(SparkSession spark) {
    UDF4<String, String, String, String, String> function =
        (text, decimal, thousands, currency) ->
            text == null
                ? null
                : KNOWN
                    .computeIfAbsent(
                        decimal + " " + thousands, key -> new NumberText(decimal, thousands))
                    .read(text, currency);
    spark.udf().register(FUNCTION, function, DataTypes.StringType);
  }

  /**
   * Returns the number with a point and nothing else. A text that is none stays, but in guillemets
   * when it could pass for a canonical number of another value: with decimal commas, 1.23 is a
   * mistake and not one and a bit.
   *
   * @param currency the amount's own; null when it is not known, and no sign of one may be there
   */
  String read(String text, String currency) {
    String number = text.length() > LONGEST ? null : number(plain(text).strip(), currency);
    if (number != null) {
      return number;
    }
    return PASSES.matcher(text).matches() ? "«" + text + "»" : text;
  }

  private String number(String text, String currency) {
    String rest = text;
    boolean signed = false;
    boolean negative = false;
    boolean named = currency == null;
    while (true) {
      String before = rest;
      if (!signed && (rest.startsWith("(") && rest.endsWith(")"))) {
        rest = rest.substring(1, rest.length() - 1);
        negative = true;
      } else if (!signed && (rest.startsWith("-") || rest.startsWith("+"))) {
        negative = rest.startsWith("-");
        rest = rest.substring(1);
      } else if (!signed && rest.endsWith("-")) {
        rest = rest.substring(0, rest.length() - 1);
        negative = true;
      }
      signed |= rest.length() < before.length();
      rest = rest.strip();
      if (!named) {
        String bare = CurrencySigns.without(rest, currency);
        named = bare.length() < rest.length();
        rest = bare.strip();
      }
      if (rest.equals(before)) {
        return digits(rest, negative);
      }
    }
  }

  private String digits(String text, boolean negative) {
    Matcher matcher = form.matcher(text);
    if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2) == null) {
      return null;
    }
    String whole = thousands.isEmpty() ? matcher.group(1) : matcher.group(1).replace(thousands, "");
    String number =
        (negative ? "-" : "")
            + (whole.isEmpty() ? "0" : whole)
            + (matcher.group(2) == null ? "" : "." + matcher.group(2));
    return matcher.group(3) == null ? number : expanded(number + "E" + matcher.group(3));
  }

  /** Returns a number written with an exponent without it; null when it is beyond all amounts. */
  static String expanded(String number) {
    int at = number.toUpperCase(Locale.ROOT).indexOf('E');
    String exponent = number.substring(at + 1);
    if (exponent.length() > 4 || Math.abs(Integer.parseInt(exponent)) > LARGEST_EXPONENT) {
      return null;
    }
    return new BigDecimal(number).toPlainString();
  }

  /** Returns a text in which signs that look alike are one. */
  private static String plain(String text) {
    String plain = SPACE.matcher(text).replaceAll(" ");
    plain = UNSEEN.matcher(plain).replaceAll("");
    plain = MINUS.matcher(plain).replaceAll("-");
    return APOSTROPHE.matcher(plain).replaceAll("'");
  }
}
