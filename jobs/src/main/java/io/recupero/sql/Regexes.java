package io.recupero.sql;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tells patterns whose matching takes a time out of all proportion from the others.
 *
 * <p>Java's engine backtracks: a repetition within a repetition, such as {@code (a+)+$}, costs a
 * time exponential in the length of the text, and k repetitions of the same character cost its k-th
 * power.
 */
final class Regexes {

  /** The most repetitions that one character may go through. */
  private static final int MOST = 5;

  /** Repetitions up to so often cost little. */
  private static final int FEW = 10;

  /** Characters that tell which atoms have one in common: Latin-1, and some of the rest. */
  private static final String SAMPLES = samples();

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\\\Q(?s:.*?)(?:\\\\E|$)" // quoted
              + "|(?<back>\\\\[1-9]|\\\\k)"
              + "|\\\\[pP]\\{[^}]*}|\\\\x\\{[^}]*}|\\\\N\\{[^}]*}|\\\\[pP].|\\\\c."
              + "|\\\\x..|\\\\u....|\\\\0[0-7]{1,3}|\\\\(?s:.)"
              + "|(?<flags>\\(\\?[a-zA-Z-]*[):])"
              + "|(?<open>\\((?:\\?(?:[=!>]|<[=!]|<[a-zA-Z][a-zA-Z0-9]*>))?)"
              + "|(?<close>\\))"
              + "|(?<or>\\|)"
              + "|(?<many>(?:[*+?]|\\{(?<least>\\d+)(?<to>,(?<most>\\d*))?})[+?]?)"
              + "|(?s:.)");

  private Regexes() {}

  /** A group that is not closed: what it has in it so far. */
  private static final class Group {
    boolean varies;
  }

  /** Returns why a pattern may not be used, as the end of a sentence; null where it may. */
  static String refusal(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      return "is no regular expression: " + e.getDescription();
    } catch (StackOverflowError e) {
      return "is nested too deeply";
    }
    int[] busy = new int[SAMPLES.length()];
    Deque<Group> groups = new ArrayDeque<>();
    groups.push(new Group());
    Group closed = null;
    BitSet atom = null;
    boolean repeated = false;
    Matcher token = TOKEN.matcher(pattern);
    int from = 0;
    while (from < pattern.length() && token.find(from)) {
      from = token.end();
      if (token.group("many") != null) {
        long most = most(token);
        boolean varies = token.group("least") == null || token.group("to") != null;
        if (repeated || most > 1 && closed != null && closed.varies) {
          return "repeats what has a repetition or an alternative in it";
        }
        if (most > FEW && atom != null && busier(busy, atom)) {
          return "repeats the same character in more than " + MOST + " places";
        }
        groups.peek().varies |= varies;
        repeated = true;
        closed = null;
        continue;
      }
      repeated = false;
      closed = null;
      atom = null;
      if (token.group("back") != null) {
        return "refers back to what a group has matched";
      } else if (token.group("flags") != null) {
        if (token.group().contains("x")) {
          return "has the flag x";
        }
        if (token.group().endsWith(":")) {
          groups.push(new Group());
        }
      } else if (token.group("open") != null) {
        groups.push(new Group());
      } else if (token.group("close") != null) {
        closed = groups.pop();
        groups.peek().varies |= closed.varies;
      } else if (token.group("or") != null) {
        groups.peek().varies = true;
      } else {
        if (token.group().equals("[")) {
          from = afterClass(pattern, token.start());
        }
        atom = matched(pattern.substring(token.start(), from));
      }
    }
    return null;
  }

  private static long most(Matcher many) {
    String least = many.group("least");
    String most = many.group("to") == null ? least : many.group("most");
    return least == null
        ? many.group().startsWith("?") ? 1 : Long.MAX_VALUE
        : most.isEmpty() ? Long.MAX_VALUE : Long.parseLong(most);
  }

  private static boolean busier(int[] busy, BitSet atom) {
    return atom.stream().anyMatch(i -> ++busy[i] > MOST);
  }

  private static int afterClass(String pattern, int start) {
    int depth = 0;
    for (int i = start; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && --depth == 0) {
        return i + 1;
      }
    }
    return pattern.length();
  }

  /** Returns the places of the sample characters that an atom matches; all, where it is none. */
  private static BitSet matched(String atom) {
    BitSet matched = new BitSet();
    try {
      Matcher one = Pattern.compile(atom, Pattern.DOTALL | Pattern.CASE_INSENSITIVE).matcher("");
      for (int i = 0; i < SAMPLES.length(); i++) {
        matched.set(i, one.reset(SAMPLES.substring(i, i + 1)).matches());
      }
    } catch (PatternSyntaxException e) {
      matched.set(0, SAMPLES.length());
    }
    return matched;
  }

  private static String samples() {
    StringBuilder samples = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      samples.append(c);
    }
    return samples.append("–€Łżαж漢").toString();
  }
}
