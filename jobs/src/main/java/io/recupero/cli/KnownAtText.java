package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Reads a knowledge time: a moment with its offset, or a date, which means the end of that day. */
final class KnownAtText {

  private KnownAtText() {}

  static Instant parse(String text, ZoneId zone) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text)
              .plusDays(1)
              .atStartOfDay(zone)
              .toInstant()
              .minus(1, ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw new InvalidConfigException(
          "Invalid --known-at '"
              + text
              + "'. Write a time with its offset, such as 2026-04-02T06:00Z or"
              + " 2026-04-02T06:00:00-03:00, or a date, such as 2026-04-02: the end of that day.");
    }
  }
}
