package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Contracts;
import io.recupero.contract.Text;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * What segment a customer was in on a day, under which rules, and how it was to be collected from:
 * {@code gold.segment_history}.
 *
 * <p>Grain: one row a customer and span of days in one segment under one set of rules. What is said
 * of the past stays: a row that other rules or corrected customers would say otherwise gets a
 * {@code known_to}, and what is said instead begins there.
 */
public final class SegmentHistory {

  /** The table, and the contract that describes it. */
  public static final String TABLE = "gold.segment_history";

  private static final String BY_DAY =
      " OVER (PARTITION BY customer_id ORDER BY valid_from NULLS FIRST)";
  private static final StructType RULES =
      StructType.fromDDL(
          "rules_valid_from DATE, rules_valid_to DATE, rules_hash STRING, of_segment STRING,"
              + " name_es STRING, name_en STRING, stage STRING, channels ARRAY<STRING>,"
              + " first_contact_day INT, discount_percent INT, plan_instalments INT,"
              + " tone_es STRING, tone_en STRING, reward_es STRING, reward_en STRING,"
              + " consequence_es STRING, consequence_en STRING");

  private final Optional<SegmentRules> rules;
  private final LocalDate toldTo;
  private final Instant knownAt;

  /**
   * Prepares the history.
   *
   * @param rules that gave the segments; empty where the customers file did
   * @param toldTo the last day that the table said something of before; null where it said nothing
   * @param knownAt the run's knowledge time; null where nothing is published
   */
  SegmentHistory(Optional<SegmentRules> rules, LocalDate toldTo, Instant knownAt) {
    this.rules = rules;
    this.toldTo = toldTo;
    this.knownAt = knownAt;
  }

  /**
   * Returns the whole table.
   *
   * @param attributes as {@link CustomerAttributes} gives them
   * @param before the table as the last run left it; may have no rows
   */
  Dataset<Row> of(Dataset<Row> attributes, Dataset<Row> before) {
    Dataset<Row> now = now(attributes);
    Dataset<Row> said = before.where("known_to IS NULL");
    String time = knownAt == null ? "NULL" : "TIMESTAMP'" + knownAt + "'";
    Dataset<Row> stands =
        now.as("n")
            .join(said.as("o"), expr(same()), "left")
            .selectExpr(
                "n.*",
                // the file as it was when this was first said
                "IF(o.customer_id IS NULL, "
                    + fileHash()
                    + ", o.rules_file_hash)"
                    + " AS rules_file_hash",
                "IF(o.customer_id IS NULL, CAST("
                    + time
                    + " AS TIMESTAMP), o.known_from)"
                    + " AS known_from",
                "CAST(NULL AS TIMESTAMP) AS known_to");
    Dataset<Row> noLonger =
        said.as("o")
            .join(now.as("n"), expr(same()), "left_anti")
            .withColumn("known_to", expr("CAST(" + time + " AS TIMESTAMP)"));
    return inOrder(stands)
        .unionByName(inOrder(noLonger))
        .unionByName(inOrder(before.where("known_to IS NOT NULL")));
  }

  /** What was said to be going on may end after the last day that was told of: that is no news. */
  private String same() {
    String ended =
        toldTo == null ? "" : " OR (o.valid_to IS NULL AND n.valid_to >= DATE'" + toldTo + "')";
    return "o.customer_id = n.customer_id AND o.valid_from <=> n.valid_from"
        + " AND o.segment <=> n.segment AND o.decided_by = n.decided_by"
        + " AND o.rules_hash <=> n.rules_hash AND (o.valid_to <=> n.valid_to"
        + ended
        + ")";
  }

  private String fileHash() {
    return rules.map(it -> "'" + it.fingerprint() + "'").orElse("CAST(NULL AS STRING)");
  }

  /** Returns the spans as they are said now, each in the rules that were in force. */
  private Dataset<Row> now(Dataset<Row> attributes) {
    Dataset<Row> spans =
        attributes
            .selectExpr(
                "customer_id",
                "valid_from",
                "segment",
                "LAG(STRUCT(segment))" + BY_DAY + " AS before")
            .where("IF(before IS NULL, segment IS NOT NULL, NOT (before.segment <=> segment))")
            .selectExpr(
                "customer_id",
                "valid_from",
                "DATE_SUB(LEAD(valid_from)" + BY_DAY + ", 1) AS valid_to",
                "segment");
    Dataset<Row> inForce = attributes.sparkSession().createDataFrame(rows(), RULES);
    return spans
        .join(
            functions.broadcast(inForce),
            expr(
                "segment = of_segment"
                    + " AND (rules_valid_from IS NULL OR valid_to IS NULL"
                    + " OR rules_valid_from <= valid_to)"
                    + " AND (rules_valid_to IS NULL OR valid_from IS NULL"
                    + " OR valid_from <= rules_valid_to)"),
            "left")
        // GREATEST and LEAST pass over null: since ever, and still
        .withColumn("valid_from", expr("GREATEST(valid_from, rules_valid_from)"))
        .withColumn("valid_to", expr("LEAST(valid_to, rules_valid_to)"))
        .withColumn("decided_by", functions.lit(rules.isPresent() ? "rules" : "given"))
        .drop("of_segment", "rules_valid_to");
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (SegmentVersion version : rules.map(SegmentRules::versions).orElse(List.of())) {
      version.rules().forEach(rule -> rows.add(row(version, rule)));
    }
    return rows;
  }

  private static Row row(SegmentVersion version, SegmentRule rule) {
    Optional<Treatment> treatment = rule.treatment();
    Optional<Text> tone = treatment.flatMap(Treatment::tone);
    Optional<Text> reward = treatment.flatMap(Treatment::reward);
    Optional<Text> consequence = treatment.flatMap(Treatment::consequence);
    return RowFactory.create(
        version.span().from().map(Date::valueOf).orElse(null),
        version.span().to().map(Date::valueOf).orElse(null),
        version.fingerprint(),
        rule.id(),
        rule.name().es(),
        rule.name().en(),
        treatment.flatMap(Treatment::stage).orElse(null),
        treatment
            .map(Treatment::channels)
            .filter(it -> !it.isEmpty())
            .map(it -> it.toArray(String[]::new))
            .orElse(null),
        treatment.flatMap(Treatment::firstContactDay).orElse(null),
        treatment.flatMap(Treatment::discountPercent).orElse(null),
        treatment.flatMap(Treatment::planInstalments).orElse(null),
        tone.map(Text::es).orElse(null),
        tone.map(Text::en).orElse(null),
        reward.map(Text::es).orElse(null),
        reward.map(Text::en).orElse(null),
        consequence.map(Text::es).orElse(null),
        consequence.map(Text::en).orElse(null));
  }

  private static Dataset<Row> inOrder(Dataset<Row> rows) {
    return rows.selectExpr(Contracts.load().contract(TABLE).names().toArray(String[]::new));
  }
}
