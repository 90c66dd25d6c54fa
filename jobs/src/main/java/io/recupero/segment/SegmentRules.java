package io.recupero.segment;

import io.recupero.contract.Contracts;
import io.recupero.plan.Fingerprint;
import io.recupero.rules.InvalidRulesException;
import io.recupero.rules.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Which segment a customer is in: dated rules over attributes and features. */
public final class SegmentRules {

  static final String FILE = "schemas/rules/segments.yaml";

  private final String file;
  private final List<SegmentVersion> versions;
  private final String fingerprint;

  private SegmentRules(String file, List<SegmentVersion> versions, String fingerprint) {
    this.file = file;
    this.versions = List.copyOf(versions);
    this.fingerprint = fingerprint;
  }

  /**
   * Loads the rules that the program carries.
   *
   * @throws InvalidRulesException if they cannot be used, with every problem's line
   */
  public static SegmentRules load() {
    return parse(FILE, YamlFile.resource(FILE));
  }

  /** Loads the rules of another file, as {@link #load()}. */
  public static SegmentRules load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the segment rules in " + file, e);
    }
  }

  /**
   * Reads rules that are not in a file yet, as {@link #load()}.
   *
   * @param file what messages call it
   */
  public static SegmentRules parse(String file, String text) {
    List<String> columns = Contracts.load().contract(CustomerFeatures.TABLE).names();
    return new SegmentRules(
        file, SegmentRulesReader.read(file, text, columns), Fingerprint.ofText(text));
  }

  /** Returns the versions, oldest first. */
  public List<SegmentVersion> versions() {
    return versions;
  }

  /** Returns the rules in force on a day, if any are. */
  public Optional<SegmentVersion> on(LocalDate day) {
    return versions.stream().filter(version -> version.span().holdsOn(day)).findFirst();
  }

  /** Returns a hash of the file: what depends on the rules is built again when it changes. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Adds the column {@code segment}: what the rules in force on the day after {@code as_of} give,
   * for the segment of a month follows from the features at the close of the month before. Null
   * where no rules are in force, or exclusive ones give none or several.
   */
  public Dataset<Row> assign(Dataset<Row> features) {
    StringBuilder sql = new StringBuilder("CASE");
    for (SegmentVersion version : versions) {
      sql.append(" WHEN ")
          .append(version.inForce("DATE_ADD(as_of, 1)"))
          .append(" THEN ")
          .append(version.segment());
    }
    return features.withColumn("segment", functions.expr(sql.append(" END").toString()));
  }

  /** Returns the gaps and overlaps of exclusive rules among these customers, the greatest first. */
  public List<RuleFinding> findings(Dataset<Row> features) {
    List<RuleFinding> findings = new ArrayList<>();
    for (SegmentVersion version : versions) {
      if (version.match() == SegmentVersion.Match.EXCLUSIVE) {
        features
            .where(version.inForce("DATE_ADD(as_of, 1)"))
            .selectExpr("customer_id", "as_of", version.matches() + " AS matches")
            .where("SIZE(matches) <> 1")
            .groupBy("matches")
            .agg(
                functions.expr("COUNT(DISTINCT customer_id) AS customers"),
                functions.expr("MIN(STRUCT(customer_id, as_of)) AS example"))
            .orderBy(functions.col("customers").desc(), functions.col("example"))
            .selectExpr(
                "matches", "customers", "example.customer_id", "CAST(example.as_of AS STRING)")
            .collectAsList()
            .forEach(row -> findings.add(finding(row)));
      }
    }
    return findings;
  }

  /** Returns whether any version's rules are exclusive: only those can leave gaps and overlaps. */
  boolean canHaveFindings() {
    return versions.stream().anyMatch(version -> version.match() == SegmentVersion.Match.EXCLUSIVE);
  }

  /**
   * Refuses exclusive rules that leave gaps or overlap among these customers.
   *
   * @throws InvalidRulesException with each gap and overlap, and a customer that shows it
   */
  public void requireNoFindings(Dataset<Row> features) {
    List<RuleFinding> findings = findings(features);
    if (!findings.isEmpty()) {
      throw new InvalidRulesException(
          file, findings.stream().map(finding -> finding.message().en()).toList());
    }
  }

  private static RuleFinding finding(Row row) {
    return new RuleFinding(
        row.getList(0), row.getLong(1), row.getString(2), LocalDate.parse(row.getString(3)));
  }
}
