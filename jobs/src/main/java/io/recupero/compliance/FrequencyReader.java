package io.recupero.compliance;

import io.recupero.contract.YamlNode;
import io.recupero.rules.YamlFile;
import java.util.List;
import java.util.Optional;

/** Reads what a rule says of {@code frequency:}. */
record FrequencyReader(YamlFile file, Words words) {

  private static final List<String> KEYS =
      List.of("counts", "after", "window", "limit", "gap_days", "scope", "channel");

  private enum Scope {
    DEBTOR,
    DEBT
  }

  Frequency read(YamlNode node, Channels channels, String rule) {
    String of = "the frequency of " + rule;
    file.keys(node, of, KEYS);
    boolean after = node.field("after").isPresent();
    if (after == node.field("counts").isPresent()) {
      file.problem(
          node,
          of + " needs either counts: (so many of these) or after: (none after one of them).");
    }
    Optional<Integer> limit = words.positive(node, "limit", of);
    Optional<Integer> gap = words.positive(node, "gap_days", of);
    if (after && node.field("limit").isPresent()) {
      file.problem(
          node.field("limit").get(), of + " says after, which permits none. Delete its limit.");
    } else if (!after && limit.isEmpty() && gap.isEmpty()) {
      file.problem(node, of + " limits nothing. Add limit, gap_days or both.");
    }
    return new Frequency(
        after,
        words.oneOfOrFirst(node, after ? "after" : "counts", of, Frequency.Counted.class),
        window(node, of),
        after ? 1 : limit.orElse(0),
        gap.orElse(0),
        words.oneOfOrFirst(node, "scope", of, Scope.class) == Scope.DEBT,
        words.oneOfOrFirst(node, "channel", of, Frequency.Sameness.class),
        channels);
  }

  private Window window(YamlNode node, String of) {
    String text = file.required(node, "window", of);
    if (text.isEmpty() || text.equals("week")) {
      return Window.WEEK;
    }
    if (!text.matches("-?[0-9]+")) {
      file.problem(
          node.field("window").get(),
          "%s: window is %s. Write week, or a number of days.".formatted(of, text));
      return Window.WEEK;
    }
    return words.positive(node, "window", of).map(Window::new).orElse(Window.WEEK);
  }
}
