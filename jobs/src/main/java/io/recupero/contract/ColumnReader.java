package io.recupero.contract;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Reads one column of a contract. */
final class ColumnReader {

  private static final Set<String> WORDS =
      Set.of(
          "name",
          "description",
          "logicalType",
          "physicalType",
          "logicalTypeOptions",
          "items",
          "required",
          "primaryKey",
          "primaryKeyPosition",
          "enum",
          "examples",
          "relationships",
          "customProperties");
  private static final Set<String> CUSTOM =
      Set.of(
          "descriptionEs",
          "role",
          "currencyFrom",
          "codes",
          "default",
          "bareDate",
          "attribute",
          "nearArrival",
          "within");
  private static final Set<String> ROLES = Set.of("day", "dimension", "key", "amount", "count");

  private final String file;
  private final Problems problems;

  ColumnReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  ContractColumn read(YamlNode node) {
    String name = node.text("name").orElse("");
    if (name.isEmpty()) {
      problems.add(file, node, "a column has no name. Add name.");
    }
    checkWords(name, node);
    YamlNode options = node.field("logicalTypeOptions").orElse(YamlNode.parse(""));
    return new ContractColumn(
        name,
        type(name, node),
        meaning(name, node),
        node.isTrue("required"),
        node.isTrue("primaryKey")
            ? node.text("primaryKeyPosition").map(Integer::parseInt).orElse(1)
            : 0,
        node.list("enum").stream().flatMap(item -> item.text("value").stream()).toList(),
        oneOf(name, node, "codes", CodeLists.NAMES),
        options.text("minimum").map(BigDecimal::new),
        options.text("exclusiveMinimum").isPresent(),
        options.text("maximum").map(BigDecimal::new),
        node.customText("currencyFrom"),
        node.customText("default"),
        node.customText("bareDate").isPresent(),
        oneOf(name, node, "role", ROLES),
        reference(name, node),
        node.isCustomTrue("attribute"),
        node.isCustomTrue("nearArrival"),
        node.customText("within"),
        node.texts("examples"));
  }

  private void checkWords(String name, YamlNode node) {
    node.fields().forEach((word, value) -> checkWord(name, word, value, WORDS));
    node.list("customProperties")
        .forEach(item -> checkWord(name, item.text("property").orElse(""), item, CUSTOM));
  }

  private void checkWord(String name, String word, YamlNode where, Set<String> known) {
    if (!known.contains(word)) {
      problems.add(
          file,
          where,
          "column %s: %s means nothing here.%s Correct it or take it out."
              .formatted(name, word, Nearest.hint(word, known)));
    }
  }

  private DataType type(String name, YamlNode node) {
    String written = node.text("physicalType").orElse("");
    try {
      return Sql.type(written);
    } catch (IllegalArgumentException e) {
      problems.add(
          file,
          node.field("physicalType").orElse(node),
          "column %s: \"%s\" is not a Spark SQL type. Write one in physicalType, such as STRING or DECIMAL(18,4)."
              .formatted(name, written));
      return DataTypes.StringType;
    }
  }

  private Text meaning(String name, YamlNode node) {
    Optional<String> en = node.text("description");
    Optional<String> es = node.customText("descriptionEs");
    if (en.isEmpty() || es.isEmpty()) {
      problems.add(
          file,
          node,
          "column "
              + name
              + " lacks its meaning in both languages. Add description and descriptionEs.");
    }
    return new Text(es.orElse(""), en.orElse(""));
  }

  private Optional<String> oneOf(String name, YamlNode node, String property, Set<String> known) {
    Optional<YamlNode> value = node.custom(property);
    Optional<String> text = value.flatMap(YamlNode::scalar);
    text.filter(word -> !known.contains(word))
        .ifPresent(
            word ->
                problems.add(
                    file,
                    value.get(),
                    "column %s: unknown %s %s.%s Write one of %s."
                        .formatted(
                            name,
                            property,
                            word,
                            Nearest.hint(word, known),
                            String.join(", ", known.stream().sorted().toList()))));
    return text;
  }

  private Optional<Reference> reference(String name, YamlNode node) {
    List<YamlNode> relationships = node.list("relationships");
    if (relationships.isEmpty()) {
      return Optional.empty();
    }
    YamlNode relationship = relationships.get(0);
    String[] to = relationship.text("to").orElse("").split("\\.");
    if (to.length != 2 || relationship.text("id").isEmpty()) {
      problems.add(
          file,
          relationship,
          "column " + name + ": a relationship needs an id and to: table.column.");
      return Optional.empty();
    }
    return Optional.of(
        new Reference(
            relationship.text("id").get(),
            name,
            to[0],
            to[1],
            relationship.customText("alias").orElse(to[0]),
            relationship.isCustomTrue("alwaysChecked"),
            relationship.isCustomTrue("kept"),
            carries(relationship)));
  }

  private static Map<String, String> carries(YamlNode relationship) {
    Map<String, String> carries = new LinkedHashMap<>();
    relationship
        .custom("carries")
        .map(YamlNode::fields)
        .orElse(Map.of())
        .forEach((name, from) -> carries.put(name, from.scalar().orElse("")));
    return Collections.unmodifiableMap(carries);
  }
}
