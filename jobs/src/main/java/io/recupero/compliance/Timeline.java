package io.recupero.compliance;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;

/** The contacts of one customer, the earliest first, by the clock of one place. */
final class Timeline {

  private static final long SECOND = 1_000_000L;
  private static final long DAY = 86_400L * SECOND;

  private final List<Contact> contacts;
  private final int[] days;
  private final long[] micros;

  /**
   * Reads every contact's local day and time.
   *
   * @param contacts by time, then id
   */
  Timeline(List<Contact> contacts, ZoneId zone) {
    this.contacts = contacts;
    this.days = new int[contacts.size()];
    this.micros = new long[contacts.size()];
    ZoneRules rules = zone.getRules();
    for (int i = 0; i < days.length; i++) {
      long utc = contacts.get(i).startedMicros();
      Instant second = Instant.ofEpochSecond(Math.floorDiv(utc, SECOND));
      long local = utc + rules.getOffset(second).getTotalSeconds() * SECOND;
      days[i] = (int) Math.floorDiv(local, DAY);
      micros[i] = Math.floorMod(local, DAY);
    }
  }

  Contact contact(int index) {
    return contacts.get(index);
  }

  /** The local day, as days since 1970-01-01. */
  int day(int index) {
    return days[index];
  }

  /** The local time, as microseconds since midnight by the clock on the wall. */
  long micros(int index) {
    return micros[index];
  }
}
