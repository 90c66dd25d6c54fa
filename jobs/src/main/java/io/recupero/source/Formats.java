package io.recupero.source;

import java.util.List;

/**
 * How a source writes dates, times and numbers.
 *
 * @param dates Spark datetime patterns, tried in order
 * @param times Spark datetime patterns of times without offset, tried in order
 * @param timezone the IANA zone those times are in; null when there are none
 * @param decimal the decimal sign
 * @param thousands the sign between thousands; empty for none
 */
record Formats(
    List<String> dates, List<String> times, String timezone, String decimal, String thousands) {

  static final Formats CANONICAL = new Formats(List.of("yyyy-MM-dd"), List.of(), null, ".", "");

  /**
   * Returns SQL for the ISO date of a text; a text that is none of the patterns stays, for the
   * judge to refuse.
   */
  String parseDate(String text, List<String> patterns) {
    return "coalesce(cast(" + firstOf("try_to_date", text, patterns) + " as string), " + text + ")";
  }

  /**
   * Returns SQL for a text's instant in UTC; a text that is none of the patterns stays, for the
   * judge to refuse.
   */
  String parseTime(String text, List<String> patterns) {
    String local = firstOf("try_to_timestamp", text, patterns);
    return "coalesce(date_format(to_utc_timestamp("
        + local
        + ", "
        + quote(timezone)
        + "), \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'\"), "
        + text
        + ")";
  }

  /**
   * Returns SQL for a number with a point and no thousands signs; a minus may stand behind, as in
   * SAP's exports. A text that is no such number stays, but in guillemets when it could pass for a
   * canonical number of another value: with decimal commas, 1.23 is a mistake and not one and a
   * bit.
   */
  String parseNumber(String text) {
    String whole =
        thousands.isEmpty() ? "[0-9]+" : "([0-9]{1,3}(" + escape(thousands) + "[0-9]{3})+|[0-9]+)";
    String pattern = "^[+-]?" + whole + "(" + escape(decimal) + "[0-9]+)?-?$";
    String plain = text;
    if (!thousands.isEmpty()) {
      plain = "replace(" + plain + ", " + quote(thousands) + ", '')";
    }
    if (!decimal.equals(".")) {
      plain = "replace(" + plain + ", " + quote(decimal) + ", '.')";
    }
    plain = "regexp_replace(" + plain + ", '^[+]?([^+-]+)(-?)$', '$2$1')";
    return "(case when "
        + text
        + " rlike r'"
        + pattern
        + "' then "
        + plain
        + " when try_cast("
        + text
        + " as double) is null then "
        + text
        + " else concat('«', "
        + text
        + ", '»') end)";
  }

  private static String firstOf(String function, String text, List<String> patterns) {
    List<String> tries =
        patterns.stream().map(p -> function + "(" + text + ", " + quote(p) + ")").toList();
    return tries.size() == 1 ? tries.get(0) : "coalesce(" + String.join(", ", tries) + ")";
  }

  private static String escape(String sign) {
    return "[" + (sign.equals("'") ? "\\x27" : sign) + "]";
  }

  static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
