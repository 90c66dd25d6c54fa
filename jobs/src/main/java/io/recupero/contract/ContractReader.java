package io.recupero.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one contract; what it says of other contracts is checked once all are read. */
final class ContractReader {

  private final String file;
  private final YamlNode document;
  private final YamlNode table;
  private final Problems problems;

  ContractReader(String file, YamlNode document, Problems problems) {
    this.file = file;
    this.document = document;
    this.table = document.list("schema").stream().findFirst().orElse(document);
    this.problems = problems;
  }

  Contract read(Map<String, Text> shared) {
    String id = document.text("id").orElse("");
    if (!file.equals(id + ".yaml")) {
      problems.add(
          file,
          document.field("id").orElse(document),
          "the id is \"%s\". Name it as the file.".formatted(id));
    }
    List<ContractColumn> columns = columns();
    if (columns.isEmpty()) {
      problems.add(file, table, "there are no columns. Add schema: - properties:.");
    }
    List<Rule> rules = rules();
    Map<String, Text> reasons = new Reasons(shared).of(columns, rules);
    reasons.putAll(texts(table, "kinds"));
    return new Contract(
        id,
        document.text("name").orElse(id),
        purpose(),
        table.text("dataGranularityDescription").orElse(""),
        table.customText("mainDate"),
        columns,
        rules,
        reasons);
  }

  private Text purpose() {
    YamlNode description = document.field("description").orElse(document);
    String en = description.text("purpose").orElse("");
    String es = description.customText("purposeEs").orElse("");
    if (en.isEmpty() || es.isEmpty()) {
      problems.add(
          file,
          description,
          "the purpose is not said in both languages. Add purpose and purposeEs.");
    }
    return new Text(es, en);
  }

  private List<ContractColumn> columns() {
    ColumnReader reader = new ColumnReader(file, problems);
    List<ContractColumn> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlNode node : table.list("properties")) {
      ContractColumn column = reader.read(node);
      if (seen.add(column.name())) {
        columns.add(column);
      } else {
        problems.add(
            file, node, "column " + column.name() + " is there twice. Rename one or take it out.");
      }
    }
    return columns;
  }

  private List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlNode node : table.list("quality")) {
      String id = node.text("id").orElse("");
      String en = node.text("description").orElse("");
      String es = node.customText("descriptionEs").orElse("");
      String expression = node.text("implementation").orElse("");
      if (id.isEmpty() || en.isEmpty() || es.isEmpty() || expression.isEmpty()) {
        problems.add(
            file,
            node,
            "rule %s is not complete. A rule needs id, description, descriptionEs and implementation."
                .formatted(id));
      } else if (!seen.add(id)) {
        problems.add(file, node, "rule " + id + " is there twice. Rename one or take it out.");
      } else {
        add(new Text(es, en), id, expression, node, rules);
      }
    }
    return rules;
  }

  private void add(Text reason, String id, String expression, YamlNode node, List<Rule> to) {
    try {
      to.add(new Rule(id, reason, expression, Sql.names(expression)));
    } catch (IllegalArgumentException e) {
      problems.add(
          file,
          node.field("implementation").orElse(node),
          "rule %s: \"%s\" is not a Spark SQL expression: %s"
              .formatted(id, expression, e.getMessage()));
    }
  }

  /** Returns the line of a rule's or column's declaration, to say where a later check failed. */
  int lineOf(String list, String name) {
    return table.list(list).stream()
        .filter(
            node ->
                node.text("quality".equals(list) ? "id" : "name").filter(name::equals).isPresent())
        .findFirst()
        .orElse(table)
        .line();
  }

  int line() {
    return table.line();
  }

  String file() {
    return file;
  }

  /**
   * Returns the texts of the reasons that all tables share, which the quarantine's contract has.
   */
  static Map<String, Text> sharedReasons(YamlNode quarantine) {
    Map<String, Text> shared = new LinkedHashMap<>();
    quarantine.list("schema").forEach(table -> shared.putAll(texts(table, "sharedReasons")));
    return shared;
  }

  private static Map<String, Text> texts(YamlNode table, String property) {
    Map<String, Text> texts = new LinkedHashMap<>();
    table
        .custom(property)
        .map(YamlNode::items)
        .orElse(List.of())
        .forEach(
            text ->
                texts.put(
                    text.text("id").orElse(""),
                    new Text(text.text("es").orElse(""), text.text("en").orElse(""))));
    return texts;
  }
}
