package io.recupero.mart;

/**
 * Something that counts in the month of its day and in no other: from that day on, until the next
 * month begins.
 */
record OfMonth(Line line, int onDay, Writing writing) implements Item {

  /** Writes what it contributes while it counts. */
  interface Writing {
    void write(int day, Contribution to);
  }

  @Override
  public int firstDay() {
    return onDay;
  }

  @Override
  public void changes(Days days) {
    days.add(onDay);
    days.add(Months.nextStart(onDay));
  }

  @Override
  public void contribute(int day, Contribution to) {
    if (day >= onDay && Months.start(day) == Months.start(onDay)) {
      writing.write(day, to);
    }
  }
}
