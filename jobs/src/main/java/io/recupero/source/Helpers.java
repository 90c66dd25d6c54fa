package io.recupero.source;

import io.recupero.sql.SqlExpression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions that mapping expressions have beside Spark's own, written out as Spark SQL: {@code
 * parse_date(text)}, {@code parse_time(text)} and {@code parse_number(text)} read a text as the
 * source's formats say; the first two take patterns of their own as further arguments, the last the
 * amount's currency.
 */
final class Helpers {

  private static final String QUOTED = "'[^']*'|\"[^\"]*\"|`[^`]*`";

  /** A quoted piece, or (group 1) the beginning of a helper's call. */
  private static final Pattern CALL =
      Pattern.compile(
          QUOTED + "|\\b(parse_date|parse_time|parse_number)\\s*\\(", Pattern.CASE_INSENSITIVE);

  /** A quoted piece, or (group 1) a name outside quotes. */
  private static final Pattern NAME = Pattern.compile(QUOTED + "|([\\p{L}_][\\p{L}\\p{N}_]*)");

  private Helpers() {}

  /**
   * @throws IllegalArgumentException when a call is not as it must be
   */
  static String expand(String sql, Formats formats) {
    return calls(withQuotedNames(sql), formats);
  }

  /**
   * Puts names that are not ASCII in back quotes, as Spark wants them: Emisión is written without
   * thinking of it.
   */
  private static String withQuotedNames(String sql) {
    StringBuilder out = new StringBuilder();
    Matcher name = NAME.matcher(sql);
    int done = 0;
    while (name.find()) {
      boolean foreign =
          name.group(1) != null && !StandardCharsets.US_ASCII.newEncoder().canEncode(name.group(1));
      out.append(sql, done, name.start()).append(foreign ? "`" + name.group() + "`" : name.group());
      done = name.end();
    }
    return out.append(sql.substring(done)).toString();
  }

  private static String calls(String sql, Formats formats) {
    StringBuilder out = new StringBuilder();
    int done = 0;
    Matcher call = CALL.matcher(sql);
    while (call.find(done)) {
      if (call.group(1) == null) {
        out.append(sql, done, call.end());
        done = call.end();
        continue;
      }
      int close = closing(sql, call.end());
      List<String> arguments = arguments(sql.substring(call.end(), close));
      out.append(sql, done, call.start());
      out.append(write(call.group(1).toLowerCase(Locale.ROOT), arguments, formats));
      if (out.length() > SqlExpression.LONGEST) {
        throw new IllegalArgumentException("helpers stand within helpers too often");
      }
      done = close + 1;
    }
    return out.append(sql.substring(done)).toString();
  }

  private static String write(String function, List<String> arguments, Formats formats) {
    String text = "(" + calls(arguments.get(0), formats) + ")";
    List<String> own =
        function.equals("parse_number")
            ? List.of()
            : arguments.subList(1, arguments.size()).stream().map(Helpers::literal).toList();
    switch (function) {
      case "parse_date":
        return formats.parseDate(text, own.isEmpty() ? formats.dates() : own);
      case "parse_time":
        if (formats.timezone() == null || own.isEmpty() && formats.times().isEmpty()) {
          throw new IllegalArgumentException(
              "parse_time needs times: (patterns) and timezone: in the source's formats");
        }
        return formats.parseTime(text, own.isEmpty() ? formats.times() : own);
      default:
        if (arguments.size() > 2) {
          throw new IllegalArgumentException("parse_number takes a text and its currency");
        }
        return formats.parseNumber(
            text, arguments.size() < 2 ? null : "(" + calls(arguments.get(1), formats) + ")");
    }
  }

  private static String literal(String argument) {
    if (!argument.matches("(?s)'[^']*'")) {
      throw new IllegalArgumentException("a pattern is a text in single quotes, not " + argument);
    }
    return argument.substring(1, argument.length() - 1);
  }

  private static int closing(String sql, int from) {
    int depth = 1;
    for (int i = from; i < sql.length(); i++) {
      i = skipQuoted(sql, i);
      depth += i < sql.length() && sql.charAt(i) == '(' ? 1 : 0;
      depth -= i < sql.length() && sql.charAt(i) == ')' ? 1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a parenthesis is not closed");
  }

  private static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      i = skipQuoted(text, i);
      char c = i < text.length() ? text.charAt(i) : ' ';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        arguments.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    arguments.add(text.substring(start).strip());
    return arguments;
  }

  /** Returns the place after a quoted piece that begins here, or this place. */
  private static int skipQuoted(String sql, int from) {
    int i = from;
    while (i < sql.length() && "'\"`".indexOf(sql.charAt(i)) >= 0) {
      int close = sql.indexOf(sql.charAt(i), i + 1);
      i = close < 0 ? sql.length() : close + 1;
    }
    return i;
  }
}
