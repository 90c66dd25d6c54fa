package io.recupero.segment;

import io.recupero.plan.Fingerprint;
import io.recupero.rules.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a span of time.
 *
 * @param span whole months
 * @param match whether the first rule that holds decides, or exactly one must hold
 */
public record SegmentVersion(Span span, Match match, List<SegmentRule> rules) {

  /** How rules decide. */
  public enum Match {
    /** In their order, the first that holds; the last is for all others. */
    FIRST,
    /** Each customer belongs to exactly one; what belongs to none or several is a finding. */
    EXCLUSIVE
  }

  /**
   * Returns a hash of these rules and their treatments. It stays when the version is ended, or
   * others are added to the file; another file that says the same has the same.
   */
  public String fingerprint() {
    return Fingerprint.ofText(SegmentRulesWriter.withoutSpan(this));
  }

  /** SQL: whether these rules hold on a day that {@code day} gives. */
  String inForce(String day) {
    String from = span.from().map(first -> day + " >= DATE'" + first + "'").orElse("TRUE");
    String to = span.to().map(last -> day + " <= DATE'" + last + "'").orElse("TRUE");
    return "(" + from + " AND " + to + ")";
  }

  /** SQL: the ids of the segments whose rule holds, of a set of exclusive rules. */
  String matches() {
    List<String> each = new ArrayList<>();
    for (SegmentRule rule : rules) {
      rule.when().ifPresent(when -> each.add("IF((" + when + "), '" + rule.id() + "', NULL)"));
    }
    return "FILTER(ARRAY(" + String.join(", ", each) + "), id -> id IS NOT NULL)";
  }

  /**
   * Returns SQL over features that gives the segment; null where exclusive rules give none or
   * several.
   */
  public String segment() {
    if (match == Match.EXCLUSIVE) {
      return "IF(SIZE(" + matches() + ") = 1, GET(" + matches() + ", 0), NULL)";
    }
    List<String> inOrder = new ArrayList<>();
    for (SegmentRule rule : rules) {
      String id = "'" + rule.id() + "'";
      inOrder.add(rule.when().map(when -> "IF((" + when + "), " + id + ", NULL)").orElse(id));
    }
    return "COALESCE(" + String.join(", ", inOrder) + ")";
  }
}
