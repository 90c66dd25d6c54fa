package io.recupero.mart;

import java.time.Period;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Customers that were overdue at the close of last month and no longer are, and whether those cured
 * earlier are overdue again: {@code gold.cure_daily}.
 *
 * <p>A customer is one in every line in which it had anything overdue, and one in all of them
 * together: figures count distinct customers.
 */
record CureMart(int graceDays) implements Mart {

  @Override
  public String table() {
    return "gold.cure_daily";
  }

  /** The cures of a month are judged 90 days after it, and stand for a month. */
  @Override
  public Period reach() {
    return HALF_A_YEAR;
  }

  @Override
  public Keys keys() {
    return Keys.wide("customer_id");
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.count("overdue_count"),
        Part.count("cured_count"),
        Part.count("cohort_count"),
        Part.count("redefault_count"),
        Part.count("redefault_30_count"));
  }

  @Override
  public List<? extends Item> items(Debtor debtor) {
    if (debtor.lateDays(graceDays).length == 0) {
      return List.of();
    }
    Set<Line> lines = new LinkedHashSet<>();
    debtor.receivables.values().forEach(receivable -> lines.add(receivable.line));
    Cures cures = new Cures(debtor, graceDays);
    return lines.stream().map(line -> new InLine(line, cures)).toList();
  }

  private record InLine(Line line, Cures cures) implements Item {

    @Override
    public int firstDay() {
      return cures.firstDay();
    }

    @Override
    public void changes(Days days) {
      cures.changes(days);
    }

    @Override
    public void contribute(int day, Contribution to) {
      int month = Months.start(day);
      boolean isOverdue = cures.wasLate(line, month);
      int cohort = Cures.cohortOf(day);
      boolean isCohort = cures.wasLate(line, cohort) && cures.isCured(cohort, Cures.close(cohort));
      if (!isOverdue && !isCohort) {
        return;
      }
      long[] parts = to.entry(cures.customerId());
      if (isOverdue) {
        parts[0] = 1;
        parts[1] = cures.isCured(month, day) ? 1 : 0;
      }
      if (isCohort) {
        parts[2] = 1;
        parts[3] = cures.isLateAgain(cohort, 0) ? 1 : 0;
        parts[4] = cures.isLateAgain(cohort, 30) ? 1 : 0;
      }
    }
  }
}
