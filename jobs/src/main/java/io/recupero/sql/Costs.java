package io.recupero.sql;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.LikeAllBase;
import org.apache.spark.sql.catalyst.expressions.LikeAnyBase;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.StringRegexExpression;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Limits what one row can cost: patterns must be written out and match in a reasonable time, and
 * what is made longer must have a limit that can be read.
 */
final class Costs {

  /** The longest text and the longest list that an expression may make of nothing: 1 MiB. */
  static final long LONGEST = 1 << 20;

  /** The most {@code %} of a LIKE, whose time grows with a power of so many. */
  private static final int WILDCARDS = 5;

  private static final String LIMIT =
      "Write a number up to " + LONGEST + ", or least(..., " + LONGEST + ").";

  /** The arguments that are patterns, counted from 0, by function. */
  private static final Map<String, List<Integer>> PATTERNS =
      Map.ofEntries(
          Map.entry("rlike", List.of(1)),
          Map.entry("regexp", List.of(1)),
          Map.entry("regexp_like", List.of(1)),
          Map.entry("regexp_count", List.of(1)),
          Map.entry("regexp_extract", List.of(1)),
          Map.entry("regexp_extract_all", List.of(1)),
          Map.entry("regexp_instr", List.of(1)),
          Map.entry("regexp_replace", List.of(1)),
          Map.entry("regexp_substr", List.of(1)),
          Map.entry("split", List.of(1)),
          Map.entry("str_to_map", List.of(1, 2)),
          Map.entry("parse_url", List.of(2)),
          Map.entry("try_parse_url", List.of(2)));

  /** The argument that says how long the result gets, counted from 0, by function. */
  private static final Map<String, Integer> LENGTHS =
      Map.of(
          "array_insert", 1,
          "array_repeat", 1,
          "format_number", 1,
          "histogram_numeric", 1,
          "lpad", 1,
          "repeat", 1,
          "rpad", 1,
          "space", 0,
          "stack", 0);

  /** What counts something that is there, and so is no longer than a value may be. */
  private static final Set<String> COUNTS =
      Set.of(
          "array_size", "cardinality", "char_length", "character_length", "len", "length", "size");

  private static final Set<String> CASES = Set.of("lcase", "lower", "ucase", "upper");

  private Costs() {}

  /** Notes what one expression could cost, without its parts. */
  static void note(Expression expression, Collection<String> refusals) {
    if (expression instanceof UnresolvedFunction call) {
      call(name(call), CollectionConverters.asJava(call.arguments()), refusals);
      if (grown(call) > LONGEST) {
        refusals.add("it makes texts or lists of more than " + LONGEST + ". Repeat less often.");
      }
    } else if (expression instanceof RLike like) {
      pattern("RLIKE", like.right(), refusals);
    } else if (expression instanceof StringRegexExpression like) {
      like("LIKE", like.right(), refusals);
    } else if (expression instanceof LikeAllBase like) {
      CollectionConverters.asJava(like.patterns()).forEach(one -> wildcards(one, refusals));
    } else if (expression instanceof LikeAnyBase like) {
      CollectionConverters.asJava(like.patterns()).forEach(one -> wildcards(one, refusals));
    }
  }

  /** Notes what the call of a function, also one that makes rows, could cost. */
  static void call(String name, List<Expression> arguments, Collection<String> refusals) {
    PATTERNS.getOrDefault(name, List.of()).stream()
        .filter(i -> i < arguments.size())
        .forEach(i -> pattern(name, arguments.get(i), refusals));
    if ((name.equals("like") || name.equals("ilike")) && arguments.size() > 1) {
      like(name, arguments.get(1), refusals);
    }
    Integer length = LENGTHS.get(name);
    if (length != null && length < arguments.size()) {
      OptionalLong most = most(arguments.get(length));
      if (most.isEmpty() || Math.abs(most.getAsLong()) > LONGEST) {
        refusals.add("it calls " + name + " without a limit to the length. " + LIMIT);
      }
    }
    if ((name.equals("sequence") || name.equals("range")) && steps(name, arguments) > LONGEST) {
      refusals.add("it calls " + name + " without a limit to its end. " + LIMIT);
    }
    if ((name.equals("format_string") || name.equals("printf")) && !arguments.isEmpty()) {
      String format = text(arguments.get(0));
      if (format == null || format.matches("(?s).*[0-9]{5}.*")) {
        refusals.add(
            "it calls "
                + name
                + " with a format that is not written out, or makes more than 9999 characters.");
      }
    }
    if (name.equals("approx_count_distinct") && arguments.size() > 1) {
      Double error = number(arguments.get(1));
      if (error == null || error < 0.001) {
        refusals.add("it calls approx_count_distinct with an error below 0.001. Write 0.001.");
      }
    }
  }

  private static void pattern(String what, Expression pattern, Collection<String> refusals) {
    String text = text(pattern);
    String why = text == null ? "is not written out as a text" : Regexes.refusal(text);
    if (why != null) {
      refusals.add(
          "the pattern of "
              + what
              + " "
              + why
              + ", so that one value could take hours. Write a simpler one.");
    }
  }

  private static void like(String what, Expression pattern, Collection<String> refusals) {
    String text = text(pattern);
    if (text == null) {
      refusals.add(
          "the pattern of "
              + what
              + " is not written out as a text. Use contains, startswith or endswith.");
    } else {
      wildcards(UTF8String.fromString(text), refusals);
    }
  }

  private static void wildcards(UTF8String pattern, Collection<String> refusals) {
    if (pattern != null && pattern.toString().chars().filter(c -> c == '%').count() > WILDCARDS) {
      refusals.add("a LIKE has more than " + WILDCARDS + " %. Write a shorter one.");
    }
  }

  /** Returns how many times longer than a value the result of an expression can get. */
  private static double grown(Expression expression) {
    double inner = 1;
    List<Expression> children = CollectionConverters.asJava(expression.children());
    boolean loops = children.stream().anyMatch(LambdaFunction.class::isInstance);
    for (Expression child : children) {
      inner = loops ? inner * grown(child) : Math.max(inner, grown(child));
    }
    return inner * (expression instanceof UnresolvedFunction call ? factor(call) : 1);
  }

  private static double factor(UnresolvedFunction call) {
    List<Expression> arguments = CollectionConverters.asJava(call.arguments());
    String name = name(call);
    switch (name) {
      case "repeat", "array_repeat":
        return arguments.size() < 2
            ? 1
            : Math.max(1, Math.min(LONGEST, most(arguments.get(1)).orElse(1)));
      case "replace", "regexp_replace":
        String by = arguments.size() < 3 ? null : text(arguments.get(2));
        return by == null ? 1 : Math.max(1, by.length());
      case "sequence":
        return Math.max(1, steps(name, arguments));
      default:
        return 1;
    }
  }

  /** Returns the most numbers or days that a sequence or range has; the largest where unknown. */
  private static long steps(String name, List<Expression> arguments) {
    if (arguments.isEmpty()) {
      return 0;
    }
    boolean days = name.equals("sequence") && arguments.size() > 2 && aDay(arguments.get(2));
    if (days) {
      return 1;
    }
    boolean single = arguments.size() == 1;
    OptionalLong from = single ? OptionalLong.of(0) : bound(arguments.get(0), "greatest");
    OptionalLong to = most(arguments.get(single ? 0 : 1));
    // Steps of several only make it shorter; those of a part exist for timestamps alone.
    return from.isEmpty() || to.isEmpty()
        ? Long.MAX_VALUE
        : Math.abs(to.getAsLong() - from.getAsLong());
  }

  private static boolean aDay(Expression step) {
    if (!(step instanceof Literal literal)) {
      return false;
    }
    String type = literal.dataType().typeName();
    return literal.value() instanceof CalendarInterval interval
        ? interval.months != 0 || interval.days != 0
        : type.contains("month") || type.contains("year")
            ? !Integer.valueOf(0).equals(literal.value())
            : type.contains("interval")
                && literal.value() instanceof Long micros
                && Math.abs(micros) >= 86_400_000_000L;
  }

  private static OptionalLong most(Expression expression) {
    return bound(expression, "least");
  }

  /** Returns the limit of a number that can be read from its expression; empty without one. */
  private static OptionalLong bound(Expression expression, String limiter) {
    Double number = number(expression);
    if (number != null) {
      return OptionalLong.of(number.longValue());
    }
    if (expression instanceof UnresolvedFunction call) {
      if (name(call).equals(limiter)) {
        return CollectionConverters.asJava(call.arguments()).stream()
            .map(Costs::number)
            .filter(one -> one != null)
            .mapToLong(Double::longValue)
            .findFirst();
      }
      return COUNTS.contains(name(call))
          ? OptionalLong.of(limiter.equals("least") ? LONGEST - 1 : 0)
          : OptionalLong.empty();
    }
    boolean adds = expression instanceof Add;
    if (adds || expression instanceof Subtract) {
      Expression left = expression.children().head();
      OptionalLong first = bound(left, limiter);
      Double second = number(expression.children().last());
      return first.isEmpty() || second == null
          ? OptionalLong.empty()
          : OptionalLong.of(first.getAsLong() + (adds ? 1 : -1) * second.longValue());
    }
    return OptionalLong.empty();
  }

  private static Double number(Expression expression) {
    Object value = expression instanceof Literal literal ? literal.value() : null;
    return value instanceof Decimal decimal
        ? Double.valueOf(decimal.toDouble())
        : value instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  /** Returns a text that is written out, also in another case; null where it is none. */
  private static String text(Expression expression) {
    if (expression instanceof UnresolvedFunction call
        && CASES.contains(name(call))
        && call.arguments().size() == 1) {
      return text(call.arguments().head());
    }
    return expression instanceof Literal literal && literal.value() instanceof UTF8String text
        ? text.toString()
        : null;
  }

  private static String name(UnresolvedFunction call) {
    return call.nameParts().last().toLowerCase(Locale.ROOT);
  }
}
