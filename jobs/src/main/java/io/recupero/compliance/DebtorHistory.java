package io.recupero.compliance;

import java.time.LocalDate;
import java.util.List;

/** What a customer was when, by the rule that every row of the customers file keeps. */
record DebtorHistory(List<Debtor> rows) {

  /**
   * The row in force on a day: the last that has begun, else the one without a beginning; nothing
   * known before the first. Of two that begin on one day the later in the list.
   */
  Debtor on(LocalDate day) {
    Debtor found = Debtor.UNKNOWN;
    for (Debtor row : rows) {
      boolean begun = row.validFrom() == null || !row.validFrom().isAfter(day);
      if (begun && !before(row.validFrom(), found.validFrom())) {
        found = row;
      }
    }
    return found;
  }

  private static boolean before(LocalDate day, LocalDate other) {
    return other != null && (day == null || day.isBefore(other));
  }
}
