package io.recupero.kpi;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads as-of dates as users write them. */
public final class AsOfDates {

  private AsOfDates() {}

  /**
   * Returns the dates of {@code 2026-01-31,2026-02-28}, of a month ({@code 2026-01}, its last day)
   * or of a range of months ({@code 2025-01..2026-03}, their last days), in order and each once.
   *
   * @throws InvalidQueryException naming every part that is no date
   */
  public static List<LocalDate> parse(String text) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    List<String> problems = new ArrayList<>();
    for (String part : text.split(",")) {
      try {
        read(part.strip(), dates);
      } catch (DateTimeException e) {
        problems.add(
            "Invalid as-of date '%s'. Write 2026-01-31, 2026-01 for the end of that month, or 2025-01..2026-03."
                .formatted(part.strip()));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidQueryException(problems);
    }
    return List.copyOf(dates);
  }

  private static void read(String part, TreeSet<LocalDate> dates) {
    String[] ends = part.split("\\.\\.", -1);
    if (ends.length == 1 && part.length() > 7) {
      dates.add(LocalDate.parse(part));
      return;
    }
    YearMonth last = YearMonth.parse(ends[ends.length - 1]);
    YearMonth first = YearMonth.parse(ends[0]);
    if (ends.length > 2 || first.isAfter(last)) {
      throw new DateTimeException("not a range of months");
    }
    for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
      dates.add(month.atEndOfMonth());
    }
  }
}
