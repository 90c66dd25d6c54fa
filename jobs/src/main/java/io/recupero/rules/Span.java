package io.recupero.rules;

import io.recupero.contract.YamlNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * When a version of rules is in force.
 *
 * @param from the first day; empty: since ever
 * @param to the last day; empty: still
 */
public record Span(Optional<LocalDate> from, Optional<LocalDate> to) {

  /** Reads {@code valid_from} and {@code valid_to} of a version. */
  public static Span read(YamlFile file, YamlNode node) {
    Span span = new Span(file.date(node, "valid_from"), file.date(node, "valid_to"));
    if (span.from.isPresent() && span.to.isPresent() && span.to.get().isBefore(span.from.get())) {
      file.problem(node, "valid_to is before valid_from. Correct one.");
    }
    return span;
  }

  /** Returns whether the version is in force on a day. */
  public boolean holdsOn(LocalDate day) {
    return from.map(first -> !first.isAfter(day)).orElse(true)
        && to.map(last -> !last.isBefore(day)).orElse(true);
  }

  /** Notes where a version does not begin on the day after the one before it ends. */
  public static void mustFollow(YamlFile file, List<YamlNode> nodes, List<Span> spans) {
    for (int i = 1; i < spans.size(); i++) {
      Optional<LocalDate> to = spans.get(i - 1).to();
      Optional<LocalDate> from = spans.get(i).from();
      YamlNode where = nodes.get(i).field("valid_from").orElse(nodes.get(i));
      if (to.isEmpty() || from.isEmpty() || !from.get().isAfter(to.get())) {
        file.problem(
            where,
            "these rules hold from %s, but those before until %s: they overlap. End those the day before these begin."
                .formatted(day(from, "ever"), day(to, "now")));
      } else if (!from.get().equals(to.get().plusDays(1))) {
        file.problem(
            where,
            "no rules hold between %s and %s. Let these begin the day after those before end."
                .formatted(to.get(), from.get()));
      }
    }
  }

  private static String day(Optional<LocalDate> day, String none) {
    return day.map(LocalDate::toString).orElse(none);
  }
}
