package io.recupero.segment;

import io.recupero.contract.Text;
import io.recupero.rules.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes segment rules as the file that {@link SegmentRules} reads. */
public final class SegmentRulesWriter {

  private static final int WIDTH = 110;

  private SegmentRulesWriter() {}

  /** Returns the text of a file; what is not said is left out. */
  public static String text(List<SegmentVersion> versions) {
    return yaml(Map.of("versions", versions.stream().map(SegmentRulesWriter::version).toList()));
  }

  /** Returns what a version says beside when it is in force: the same text for the same rules. */
  static String withoutSpan(SegmentVersion version) {
    Map<String, Object> said = version(version);
    said.keySet().removeAll(List.of("valid_from", "valid_to"));
    return yaml(said);
  }

  private static String yaml(Map<String, Object> said) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setWidth(WIDTH);
    return new Yaml(options).dump(said);
  }

  private static Map<String, Object> version(SegmentVersion version) {
    Map<String, Object> said = new LinkedHashMap<>();
    Span span = version.span();
    span.from().ifPresent(day -> said.put("valid_from", day.toString()));
    span.to().ifPresent(day -> said.put("valid_to", day.toString()));
    said.put("match", version.match().name().toLowerCase(java.util.Locale.ROOT));
    List<Map<String, Object>> segments = new ArrayList<>();
    version.rules().forEach(rule -> segments.add(rule(rule)));
    said.put("segments", segments);
    return said;
  }

  private static Map<String, Object> rule(SegmentRule rule) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("id", rule.id());
    said.put("name", words(rule.name()));
    rule.when().ifPresentOrElse(sql -> said.put("when", sql), () -> said.put("else", true));
    rule.treatment().ifPresent(treatment -> said.put("treatment", treatment(treatment)));
    return said;
  }

  private static Map<String, Object> treatment(Treatment treatment) {
    Map<String, Object> said = new LinkedHashMap<>();
    treatment.stage().ifPresent(stage -> said.put("stage", stage));
    if (!treatment.channels().isEmpty()) {
      said.put("channels", treatment.channels());
    }
    put(said, "tone", treatment.tone());
    treatment.firstContactDay().ifPresent(day -> said.put("first_contact_day", day));
    treatment.discountPercent().ifPresent(percent -> said.put("discount_percent", percent));
    treatment.planInstalments().ifPresent(number -> said.put("plan_instalments", number));
    put(said, "reward", treatment.reward());
    put(said, "consequence", treatment.consequence());
    return said;
  }

  private static void put(Map<String, Object> said, String key, Optional<Text> text) {
    text.ifPresent(words -> said.put(key, words(words)));
  }

  private static Map<String, Object> words(Text text) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("es", text.es());
    words.put("en", text.en());
    return words;
  }
}
