package io.recupero.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The ids and texts of what can be wrong with a record.
 *
 * <p>What a column's declaration demands needs no rule of its own: its reasons are the column's
 * name with a word, and their texts the shared ones of schemas/contracts/quarantine.yaml.
 */
final class Reasons {

  static final String CONFLICT = "conflicting_duplicate";

  static final String FAR_FUTURE = "far_future_date";

  /** The shared texts that belong to a record rather than to a column. */
  private static final List<String> WHOLE_RECORD =
      List.of("unreadable_record", Oversized.REASON, "failed_expression");

  private final Map<String, Text> shared;

  Reasons(Map<String, Text> shared) {
    this.shared = shared;
  }

  static String missing(ContractColumn column) {
    return "missing_" + column.name();
  }

  static String invalid(ContractColumn column) {
    return "invalid_" + column.name();
  }

  static String outOfRange(ContractColumn column) {
    return column.name() + "_out_of_range";
  }

  static String notPositive(ContractColumn column) {
    return column.name() + "_not_positive";
  }

  static String tooManyDecimals(ContractColumn column) {
    return column.name() + "_too_many_decimals";
  }

  static String notListed(ContractColumn column) {
    return column.name() + "_not_listed";
  }

  /** Returns every reason that records of such columns and rules can be refused for. */
  Map<String, Text> of(List<ContractColumn> columns, List<Rule> rules) {
    Map<String, Text> reasons = new LinkedHashMap<>();
    columns.stream().filter(column -> !column.attribute()).forEach(column -> add(column, reasons));
    if (columns.stream().anyMatch(column -> column.nearArrival() && !column.attribute())) {
      reasons.put(FAR_FUTURE, text(FAR_FUTURE));
    }
    rules.forEach(rule -> reasons.put(rule.id(), rule.reason()));
    // rows of one key are lines of a receipt where applications are added up
    if (Contradictions.canBeOfFacts(columns) && rules.stream().noneMatch(Applications::judges)) {
      reasons.put(CONFLICT, text(CONFLICT));
    }
    if (Debtors.have(columns, rules)) {
      reasons.put(Debtors.CLASH, text(Debtors.CLASH));
    }
    WHOLE_RECORD.forEach(id -> reasons.put(id, text(id)));
    return reasons;
  }

  private void add(ContractColumn column, Map<String, Text> to) {
    if (column.required()) {
      to.put(missing(column), text("missing", column));
    }
    String kind = kind(column);
    if (!kind.isEmpty()) {
      to.put(invalid(column), text("invalid_" + kind, column));
    }
    switch (kind) {
      case "date", "timestamp" -> to.put(outOfRange(column), text("out_of_range_date", column));
      case "number", "integer" ->
          to.put(
              outOfRange(column), text("out_of_range_number", column).with("range", range(column)));
      default -> {}
    }
    if (column.positive()) {
      to.put(notPositive(column), text("not_positive", column));
    }
    if (column.currencyFrom().isPresent()) {
      to.put(tooManyDecimals(column), text("too_many_decimals", column));
    }
    if (!column.values().isEmpty()) {
      String values = String.join(", ", column.values());
      to.put(notListed(column), text("not_listed", column).with("values", values));
    }
    column.codes().ifPresent(list -> to.put(notListed(column), text("not_listed_" + list, column)));
    column
        .reference()
        .filter(reference -> !reference.kept())
        .ifPresent(to_ -> to.put(to_.id(), text("unknown", column).with("values", to_.table())));
  }

  /** Returns what a column's text must be, or nothing where any text will do. */
  static String kind(ContractColumn column) {
    if (column.type() instanceof DateType) {
      return "date";
    } else if (column.type() instanceof TimestampType) {
      return "timestamp";
    } else if (column.type() instanceof DecimalType) {
      return "number";
    } else if (column.type() instanceof IntegerType || column.type() instanceof LongType) {
      return "integer";
    } else if (column.type() instanceof BooleanType) {
      return "boolean";
    }
    return "";
  }

  private static String range(ContractColumn column) {
    BigDecimal most = column.maximum().orElseGet(() -> largest(column));
    return column.minimum().orElseGet(most::negate).toPlainString() + " .. " + most.toPlainString();
  }

  private static BigDecimal largest(ContractColumn column) {
    if (column.type() instanceof DecimalType decimal) {
      BigDecimal digits = BigDecimal.TEN.pow(decimal.precision()).subtract(BigDecimal.ONE);
      return digits.movePointLeft(decimal.scale());
    }
    return BigDecimal.valueOf(
        column.type() instanceof LongType ? Long.MAX_VALUE : Integer.MAX_VALUE);
  }

  private Text text(String id, ContractColumn column) {
    return text(id).with("column", column.name());
  }

  private Text text(String id) {
    return shared.getOrDefault(id, new Text(id, id));
  }
}
