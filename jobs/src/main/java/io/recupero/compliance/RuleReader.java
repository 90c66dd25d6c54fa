package io.recupero.compliance;

import io.recupero.contract.YamlNode;
import io.recupero.rules.Span;
import io.recupero.rules.YamlFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the rules of one file. */
record RuleReader(YamlFile file, Words words, String country, Set<String> switches) {

  private static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "regions",
          "persons",
          "channels",
          "hours",
          "frequency",
          "consent_lifts",
          "presumed",
          "only_with",
          "not_with",
          "valid_from",
          "valid_to",
          "source",
          "confidence",
          "note");
  private static final List<String> PERSONS = List.of("consumer", "business");

  ContactRule read(YamlNode node) {
    String id = file.required(node, "id", "a rule");
    String of = "the rule " + id;
    file.keys(node, of, KEYS);
    if (!id.matches("[a-z0-9_]*")) {
      file.problem(node, of + ": write the id in a-z, 0-9 and _.");
    }
    Span span = Span.read(file, node);
    return new ContactRule(
        id,
        country,
        file.text(node, "name", of),
        file.text(node, "note", of),
        file.required(node, "source", of),
        words.oneOf(node, "confidence", of, ContactRule.Confidence.class),
        switchOf(node, "only_with", of),
        switchOf(node, "not_with", of),
        clause(node, id, span));
  }

  private Clause clause(YamlNode node, String id, Span span) {
    String of = "the rule " + id;
    Channels channels = words.channels(node, of);
    return new Clause(
        id,
        country,
        words.items(node, "regions", of).stream()
            .map(region -> Clause.plain(region.scalar().orElse("")))
            .collect(Collectors.toUnmodifiableSet()),
        persons(node, of),
        channels,
        span.from().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE),
        span.to().map(LocalDate::toEpochDay).orElse(Long.MAX_VALUE),
        words.flag(node, "consent_lifts", of),
        words.flag(node, "presumed", of),
        restriction(node, channels, of));
  }

  private Restriction restriction(YamlNode node, Channels channels, String of) {
    Optional<YamlNode> hours = node.field("hours");
    Optional<YamlNode> frequency = node.field("frequency");
    if (hours.isPresent() == frequency.isPresent()) {
      file.problem(node, of + " needs either hours: or frequency:. Make two rules of both.");
    }
    HoursReader hoursReader = new HoursReader(file, words);
    FrequencyReader frequencyReader = new FrequencyReader(file, words);
    List<Restriction> found =
        Stream.<Restriction>concat(
                hours.map(h -> hoursReader.read(h, of)).stream(),
                frequency.map(f -> frequencyReader.read(f, channels, of)).stream())
            .toList();
    return found.isEmpty() ? new Hours(List.of(), false) : found.get(0);
  }

  private Set<String> persons(YamlNode node, String of) {
    if (node.field("persons").isEmpty()) {
      file.problem(node, of + " does not say for whom. Add persons: [consumer] or more.");
    }
    return Set.copyOf(words.names(node, "persons", "person type", of, PERSONS));
  }

  private Optional<String> switchOf(YamlNode node, String key, String of) {
    return node.field(key).map(found -> file.oneOf(node, key, of, switches));
  }
}
