package io.recupero.compliance;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Contact at certain hours only, by the debtor's clock.
 *
 * @param blocks the permitted times; a weekday in none of them has none
 * @param holidaysForbidden whether there are none on public holidays either
 */
record Hours(List<Block> blocks, boolean holidaysForbidden) implements Restriction {

  /**
   * Permitted hours of some weekdays.
   *
   * @param from microseconds since midnight, still permitted
   * @param to microseconds since midnight; permitted itself only where {@code toIncluded}
   */
  record Block(Set<DayOfWeek> days, long from, long to, boolean toIncluded)
      implements Serializable {

    boolean permits(DayOfWeek day, long micros) {
      return days.contains(day) && micros >= from && (micros < to || toIncluded && micros == to);
    }
  }

  @Override
  public Answer answer(Moment moment) {
    LocalDate day = LocalDate.ofEpochDay(moment.day());
    long micros = moment.timeline().micros(moment.at());
    if (blocks.stream().noneMatch(block -> block.permits(day.getDayOfWeek(), micros))) {
      return Answer.BROKEN;
    }
    if (!holidaysForbidden) {
      return Answer.KEPT;
    }
    if (!moment.holidays().known(moment.country(), day.getYear())) {
      return Answer.HOLIDAYS_UNKNOWN;
    }
    return moment.holidays().contains(moment.country(), day) ? Answer.BROKEN : Answer.KEPT;
  }
}
