package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Two sets of segment rules held against each other on the same customers: sizes, who moves, how
 * stable each is, how differently its segments pay, where the debt is, and what contacts it asks
 * for. A is what there is, B what is proposed.
 *
 * @param tables sizes, migration, stability, recovery, days_to_recover, curves, concentration,
 *     contacts, contact_change
 * @param findings gaps and overlaps at the as-of date of rules that are exclusive, A's and then B's
 */
public record Comparison(
    LocalDate asOf,
    List<ComparedTable> tables,
    List<RuleFinding> findingsOfA,
    List<RuleFinding> findingsOfB) {

  /** Months before the as-of date that are looked at. */
  static final int MONTHS = 12;

  /**
   * Compares two rule sets. Segments at each of the last 12 closes of months are as features were
   * known at them; what came of them is told by what is known now.
   *
   * @param asOf the last day that counts
   * @param known what is known now: a release's knowledge time
   * @param zone the creditor's time zone
   */
  public static Comparison of(
      FeatureInputs inputs,
      SegmentRules a,
      SegmentRules b,
      LocalDate asOf,
      Instant known,
      ZoneId zone) {
    List<AsOf> closes = closes(asOf, zone);
    AsOf today = AsOf.ofRun(asOf, zone, known);
    List<AsOf> all = Stream.concat(closes.stream(), Stream.of(today)).toList();
    Dataset<Row> features =
        CustomerFeatures.at(all, zone).withNewcomersMarked().of(inputs).localCheckpoint();
    Assigned assigned = Assigned.of(features, a, b, asOf);
    Separation separation =
        new Separation(assigned.withNewcomers(), months(inputs, closes, asOf, known));
    ContactVolumes volumes =
        new ContactVolumes(
            assigned.today(),
            Outcomes.after(List.of(today), asOf, today.known()).of(inputs),
            ContactVolumes.reached(inputs.contacts(), today),
            a.on(asOf.plusDays(1)),
            b.on(asOf.plusDays(1)));
    ComparedTable contacts = volumes.contacts();
    Dataset<Row> now = features.where("NOT newcomer AND as_of = DATE'" + asOf + "'");
    return new Comparison(
        asOf,
        List.of(
            assigned.sizes(),
            assigned.migration(),
            assigned.stability(),
            separation.recovery(),
            separation.daysToRecover(),
            separation.curvesTable(),
            assigned.concentration(),
            contacts,
            volumes.change(contacts)),
        a.findings(now),
        b.findings(now));
  }

  /** Returns a table by its id. */
  public ComparedTable table(String id) {
    return tables.stream().filter(table -> table.id().equals(id)).findFirst().orElseThrow();
  }

  /** Returns the names of the tables. */
  public static List<String> tableIds() {
    return List.of(
        "sizes",
        "migration",
        "stability",
        "recovery",
        "days_to_recover",
        "curves",
        "concentration",
        "contacts",
        "contact_change");
  }

  /** Returns the closes of the 12 months before that of the as-of date. */
  static List<AsOf> closes(LocalDate asOf, ZoneId zone) {
    List<AsOf> closes = new ArrayList<>();
    for (int back = MONTHS; back > 0; back--) {
      closes.add(AsOf.closeOf(YearMonth.from(asOf).minusMonths(back).atEndOfMonth(), zone));
    }
    return closes;
  }

  private static Dataset<Row> months(
      FeatureInputs inputs, List<AsOf> closes, LocalDate asOf, Instant known) {
    List<LocalDate> days = closes.stream().map(AsOf::day).toList();
    int last = (int) asOf.toEpochDay();
    long until = ChronoUnit.MICROS.between(Instant.EPOCH, known);
    return GroupWalk.over(
        FeatureFrames.of(Outcomes.debtsOnly(inputs)),
        MonthWalker.SCHEMA,
        () -> new MonthWalker(days, last, until));
  }
}
