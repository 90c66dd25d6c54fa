package io.recupero.sample;

import java.time.LocalDate;
import java.time.LocalTime;

/** A payment that was written; units are of the coin's smallest. */
record Payment(String id, String payer, LocalDate day, Coin coin, long units, String method) {

  void write(Out out, String reverses, Object recordedAt) {
    if (out.wants(Table.PAYMENTS)) {
      out.row(
          Table.PAYMENTS,
          id,
          payer,
          day,
          coin.money(units),
          coin.name(),
          method,
          reverses,
          recordedAt);
    }
  }

  /**
   * What is special about a payment.
   *
   * @param means method, or null for a usual one
   * @param payer customer id, or null for the invoice's own
   * @param recordedAfter days until it is recorded; 0 says nothing about it, or the same day
   * @param appliedAfter days until it is applied
   */
  record How(String means, String payer, int recordedAfter, int appliedAfter) {
    static final How USUAL = new How(null, null, 0, 0);

    String method(Draw draw) {
      return means != null
          ? means
          : draw.weighted(
              "transfer",
              50,
              "direct_debit",
              12,
              "card",
              12,
              "link",
              10,
              "cash",
              8,
              "cheque",
              6,
              "other",
              2);
    }

    LocalDate appliedOn(LocalDate day, LocalDate end) {
      LocalDate applied = day.plusDays(appliedAfter);
      return appliedAfter == 0 || applied.isAfter(end) ? null : applied;
    }

    /** Returns a time with its offset, or a bare date, or null. */
    Object recordedAt(LocalDate day, LocalDate end, Draw draw) {
      LocalDate recorded = day.plusDays(recordedAfter);
      if (recorded.isAfter(end) || recordedAfter == 0 && !draw.chance(0.15)) {
        return null;
      }
      if (draw.chance(0.3)) {
        return recorded;
      }
      LocalTime time = LocalTime.of(draw.between(8, 22), draw.below(60), draw.below(60));
      return recorded.atTime(time).atZone(Account.ZONE).toOffsetDateTime();
    }
  }
}
