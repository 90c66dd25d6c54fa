package io.recupero.segment;

import io.recupero.config.Names;
import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import io.recupero.rules.Span;
import io.recupero.rules.YamlFile;
import io.recupero.sql.SqlExpression;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads segment rules, and finds every problem that can be found without data. */
final class SegmentRulesReader {

  private static final List<String> VERSION_KEYS =
      List.of("valid_from", "valid_to", "match", "segments");
  private static final List<String> RULE_KEYS = List.of("id", "name", "when", "else", "treatment");
  private static final List<String> TREATMENT_KEYS =
      List.of(
          "stage",
          "channels",
          "tone",
          "first_contact_day",
          "discount_percent",
          "plan_instalments",
          "reward",
          "consequence");
  private static final List<String> STAGES =
      List.of("preventive", "early", "negotiation", "legal", "written_off");
  private static final List<String> CHANNELS =
      List.of("call", "whatsapp", "sms", "email", "ivr", "letter", "visit");

  private final YamlFile file;
  private final Collection<String> columns;

  private SegmentRulesReader(String file, Collection<String> columns) {
    this.file = new YamlFile(file);
    this.columns = columns;
  }

  static List<SegmentVersion> read(String file, String text, Collection<String> columns) {
    SegmentRulesReader reader = new SegmentRulesReader(file, columns);
    YamlNode root = reader.file.parse(text);
    List<YamlNode> nodes = root.list("versions");
    if (nodes.isEmpty()) {
      reader.file.problem(root, "there are no rules. Add versions: with at least one.");
    }
    List<SegmentVersion> versions = nodes.stream().map(reader::version).toList();
    Span.mustFollow(reader.file, nodes, versions.stream().map(SegmentVersion::span).toList());
    reader.file.throwIfAny();
    return versions;
  }

  private SegmentVersion version(YamlNode node) {
    file.keys(node, "a version", VERSION_KEYS);
    Span span = Span.read(file, node);
    Optional<LocalDate> from = span.from();
    Optional<LocalDate> to = span.to();
    if (from.isPresent() && from.get().getDayOfMonth() != 1) {
      file.problem(
          node.field("valid_from").get(),
          "valid_from is %s. Segments are for whole months: begin on the first of one."
              .formatted(from.get()));
    }
    if (to.isPresent() && !to.get().equals(YearMonth.from(to.get()).atEndOfMonth())) {
      file.problem(
          node.field("valid_to").get(),
          "valid_to is %s. Segments are for whole months: end on the last of one."
              .formatted(to.get()));
    }
    String match = file.oneOf(node, "match", "a version", List.of("first", "exclusive"));
    boolean first = !match.equals("exclusive");
    List<SegmentRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    List<YamlNode> nodes = node.list("segments");
    for (int i = 0; i < nodes.size(); i++) {
      SegmentRule rule = rule(nodes.get(i), first, i == nodes.size() - 1);
      if (!ids.add(rule.id())) {
        file.problem(nodes.get(i), "the segment " + rule.id() + " is there twice. Rename one.");
      }
      rules.add(rule);
    }
    if (first && nodes.stream().noneMatch(rule -> rule.isTrue("else"))) {
      file.problem(
          node,
          "no segment takes all others. End the first-match rules with one that says else: true.");
    }
    return new SegmentVersion(
        span, first ? SegmentVersion.Match.FIRST : SegmentVersion.Match.EXCLUSIVE, rules);
  }

  private SegmentRule rule(YamlNode node, boolean first, boolean last) {
    String id = file.required(node, "id", "a segment");
    String of = "the segment " + id;
    file.keys(node, of, RULE_KEYS);
    if (!id.matches("[a-z0-9_]*")) {
      file.problem(node, of + ": write the id in a-z, 0-9 and _.");
    }
    boolean others = node.isTrue("else");
    Optional<String> when = node.text("when");
    if (others == when.isPresent()) {
      file.problem(node, of + " needs either when: or else: true.");
    }
    if (others && !first) {
      file.problem(node, of + " says else, but the rules are exclusive. Write its when.");
    } else if (others && !last) {
      file.problem(
          node, of + " says else, so the segments after it are never reached. Move it last.");
    }
    when.ifPresent(sql -> predicate(node.field("when").get(), of, sql));
    return new SegmentRule(
        id, file.text(node, "name", of), when, node.field("treatment").map(t -> treatment(t, of)));
  }

  private void predicate(YamlNode where, String of, String sql) {
    try {
      SqlExpression predicate = SqlExpression.parse(sql);
      for (String name : predicate.columns()) {
        if (!columns.contains(name)) {
          file.problem(
              where,
              "%s uses %s, which %s lacks.%s Correct it, or add the feature."
                  .formatted(of, name, CustomerFeatures.TABLE, Names.didYouMean(name, columns)));
        }
      }
      predicate
          .refusals()
          .forEach(why -> file.problem(where, "%s may not run: %s".formatted(of, why)));
      if (predicate.aggregates()) {
        file.problem(where, of + " adds up over customers. A rule sees one customer: take it out.");
      }
    } catch (IllegalArgumentException e) {
      file.problem(where, "%s: \"%s\" is not SQL: %s".formatted(of, sql, e.getMessage()));
    }
  }

  private Treatment treatment(YamlNode node, String of) {
    file.keys(node, "the treatment of " + of, TREATMENT_KEYS);
    for (YamlNode channel : node.list("channels")) {
      String name = channel.scalar().orElse("");
      if (!CHANNELS.contains(name)) {
        file.problem(
            channel,
            "%s: there is no channel %s.%s".formatted(of, name, Names.didYouMean(name, CHANNELS)));
      }
    }
    return new Treatment(
        node.field("stage").map(stage -> file.oneOf(node, "stage", of, STAGES)),
        node.texts("channels"),
        said(node, "tone", of),
        file.number(node, "first_contact_day", of),
        file.number(node, "discount_percent", of),
        file.number(node, "plan_instalments", of),
        said(node, "reward", of),
        said(node, "consequence", of));
  }

  private Optional<Text> said(YamlNode node, String key, String of) {
    return node.field(key).map(text -> file.text(node, key, of));
  }
}
