package io.recupero.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import io.recupero.segment.AsOf;
import io.recupero.segment.CashWeeks;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.Histories;
import io.recupero.segment.LeakageTest;
import io.recupero.segment.SegmentRules;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Holds what is learned from at an origin against a history that only has what was known then. The
 * history has late, reversed and corrected records of every table.
 */
@DisplayName("What is learned from at an origin")
class RiskLeakageTest {

  private static final AsOf TODAY = close("2024-12-31");
  private static final AsOf ORIGIN = close("2024-06-30");

  private static Histories history;
  private static FeatureInputs whole;

  @BeforeAll
  static void readOnce() {
    history = LeakageTest.corrected(Histories.read(Golden.folder().resolve("larger/input")));
    whole = history.inputs();
  }

  @DisplayName("is what a lake that holds only what was known then would give: features and labels")
  @Test
  void rowsAreThoseOfALakeThatHoldsOnlyWhatWasKnown() {
    try (RiskHistory later = of(whole, TODAY);
        RiskHistory then = of(onlyKnownAt(ORIGIN), ORIGIN)) {
      for (Target target : Target.values()) {
        Set<String> learned = rows(later.knownAt(ORIGIN, target));
        // The close of the origin itself: nothing due after it can be known.
        assertThat(different(learned, rows(then.known(target)))).isEmpty();
        assertThat(learned).hasSizeGreaterThan(100);
      }
    }
  }

  @DisplayName("differs from what is known today: the test would see a leak")
  @Test
  void todayKnowsBetter() {
    try (RiskHistory later = of(whole, TODAY)) {
      Set<String> then = rows(later.knownAt(ORIGIN, Target.LATE));
      List<AsOf> closes =
          later.closes().stream().filter(it -> it.day().isBefore(ORIGIN.day())).toList();
      Set<String> now =
          rows(later.seen(closes, Target.LATE).where("due_date <= DATE'" + ORIGIN.day() + "'"));
      assertThat(now).isNotEqualTo(then);
    }
  }

  @DisplayName("holds no row of the future, and what it is judged by none of the past")
  @Test
  void aSplitByTimeHasNoRowOfTheFuture() {
    try (RiskHistory all = of(whole, TODAY)) {
      List<Fold> folds = Fold.of(all.closes());
      assertThat(folds).isNotEmpty();
      for (Fold fold : folds) {
        String origin = "DATE'" + fold.origin().day() + "'";
        Dataset<Row> train = all.knownAt(fold.origin(), Target.LATE);
        assertThat(train.where("as_of > " + origin + " OR due_date > " + origin).count()).isZero();
        Dataset<Row> test = all.seen(fold.tests(), Target.LATE);
        assertThat(test.where("as_of < " + origin + " OR due_date <= " + origin).count()).isZero();
        Dataset<Row> days = all.knownAt(fold.origin(), Target.DAYS);
        assertThat(days.where("DATE_ADD(as_of, 90) > " + origin).count()).isZero();
      }
    }
  }

  @DisplayName("of cash by week is what was known at each Sunday")
  @Test
  void weeksAreThoseOfALakeThatHoldsOnlyWhatWasKnown() {
    AsOf sunday = close("2024-06-30"); // it is one
    Set<String> later =
        rows(
            CashWeeks.before(TODAY, 60, Histories.ZONE)
                .of(whole)
                .where("sunday < DATE'2024-06-30'")
                .drop("came"));
    Set<String> then =
        rows(CashWeeks.before(sunday, 34, Histories.ZONE).of(onlyKnownAt(sunday)).drop("came"));
    Set<String> comparable =
        later.stream()
            .filter(row -> row.split(" ")[1].compareTo("2023-11-05") >= 0)
            .collect(Collectors.toCollection(TreeSet::new));
    // A row in which only money came that was learned later says nothing by what was known then.
    comparable.removeIf(row -> row.endsWith(" 0 0 0 0 0"));
    then.removeIf(row -> row.endsWith(" 0 0 0 0 0"));
    assertThat(different(comparable, then)).isEmpty();
    assertThat(then).hasSizeGreaterThan(100);
  }

  /** Returns the first few rows that only one of both has: whole sets are too long to read. */
  private static List<String> different(Set<String> one, Set<String> other) {
    Set<String> either = new TreeSet<>(one);
    either.addAll(other);
    return either.stream()
        .filter(row -> one.contains(row) != other.contains(row))
        .limit(4)
        .toList();
  }

  private static FeatureInputs onlyKnownAt(AsOf date) {
    return history
        .mapped(table -> table.where("known_at <= TIMESTAMP'" + date.known() + "'"))
        .inputs();
  }

  private static RiskHistory of(FeatureInputs inputs, AsOf until) {
    return new RiskHistory(inputs, until, Histories.ZONE, 0, SegmentRules.load());
  }

  private static Set<String> rows(Dataset<Row> frame) {
    return frame.collectAsList().stream()
        .map(row -> row.mkString(" "))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static AsOf close(String day) {
    return AsOf.closeOf(LocalDate.parse(day), Histories.ZONE);
  }
}
