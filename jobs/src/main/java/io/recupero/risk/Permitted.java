package io.recupero.risk;

import io.recupero.compliance.Contact;
import io.recupero.compliance.ContactJudge;
import io.recupero.compliance.Debtor;
import io.recupero.compliance.Finding;
import io.recupero.compliance.MissingFact;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * Looks for a moment in the week to come, and a channel of the treatment, that the contact rules of
 * the debtor's place permit. The contact is judged as if it reached the debtor, for that is what
 * the strictest rules count.
 *
 * <p>Where rules are for consumers and the debtor is a business, or its place has none, nothing is
 * forbidden and nothing is known to be permitted: then a weekday within office hours, at least a
 * week after the last contact, is proposed and said to be undeterminable. Where a fact about the
 * debtor itself is missing, nothing is proposed.
 */
final class Permitted implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String NEXT = "\uffffnext";
  private static final int DAYS = 7;
  private static final int FROM = 9;
  private static final int TO = 18;
  private static final Set<MissingFact> NO_RULES =
      EnumSet.of(MissingFact.BUSINESS_DEBTOR, MissingFact.RULE);

  private final LocalDate asOf;
  private final ZoneId creditor;
  private final ContactJudge judge;

  /**
   * A contact that may be made.
   *
   * @param status contact, not_permitted (no moment of the week is), cannot_judge
   * @param channel null where none may be made
   * @param at when; null likewise
   * @param localDay the debtor's day
   * @param localTime the debtor's hour, as 09:00
   * @param verdict ok or undeterminable
   * @param missing what is missing, separated by commas; null where nothing is
   */
  record Slot(
      String status,
      String channel,
      Instant at,
      java.sql.Date localDay,
      String localTime,
      String timezone,
      String country,
      String verdict,
      String missing) {}

  Permitted(LocalDate asOf, ZoneId creditor, ContactJudge judge) {
    this.asOf = asOf;
    this.creditor = creditor;
    this.judge = judge;
  }

  Slot next(Row customer, List<String> channels, String invoiceId) {
    List<Contact> made = contacts(customer);
    List<Debtor> rows = debtor(customer);
    Debtor now = inForce(rows);
    Optional<ZoneId> zone = zone(now.timezone());
    Set<MissingFact> missing = EnumSet.noneOf(MissingFact.class);
    for (String channel : inTurn(channels, made)) {
      for (LocalDate day : week()) {
        for (int hour : hours(customer)) {
          ZoneId local = zone.orElse(creditor);
          Instant at = day.atTime(hour, 0).atZone(local).toInstant();
          Finding finding = judged(made, rows, channel, at, invoiceId);
          boolean ok = finding.verdict() == Finding.Verdict.OK;
          if (ok || mayBe(finding, day, made, at)) {
            return new Slot(
                "contact",
                channel,
                at,
                java.sql.Date.valueOf(day),
                "%02d:00".formatted(hour),
                local.getId(),
                now.country(),
                finding.verdict().code(),
                codes(finding.missing()));
          }
          missing.addAll(finding.missing());
        }
      }
    }
    boolean unknown = missing.stream().anyMatch(it -> !NO_RULES.contains(it));
    return new Slot(
        unknown ? "cannot_judge" : "not_permitted",
        null,
        null,
        null,
        null,
        now.timezone(),
        now.country(),
        unknown ? Finding.Verdict.UNDETERMINABLE.code() : null,
        codes(missing));
  }

  private Finding judged(
      List<Contact> made, List<Debtor> rows, String channel, Instant at, String invoiceId) {
    List<Contact> with = new ArrayList<>(made);
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    with.add(new Contact(NEXT, micros, channel, true, "right_party", invoiceId, null));
    return judge.judge(with, rows).stream()
        .filter(finding -> finding.contactId().equals(NEXT))
        .findFirst()
        .orElseThrow();
  }

  private boolean mayBe(Finding finding, LocalDate day, List<Contact> made, Instant at) {
    if (finding.verdict() != Finding.Verdict.UNDETERMINABLE
        || !NO_RULES.containsAll(finding.missing())) {
      return false;
    }
    long weekBefore = ChronoUnit.MICROS.between(Instant.EPOCH, at.minus(DAYS, ChronoUnit.DAYS));
    boolean rested = made.stream().noneMatch(contact -> contact.startedMicros() > weekBefore);
    boolean weekday =
        day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    return rested && weekday;
  }

  /** Channels that were tried in the last week without reaching anybody come last. */
  private List<String> inTurn(List<String> channels, List<Contact> made) {
    long weekAgo =
        ChronoUnit.MICROS.between(
            Instant.EPOCH, asOf.minusDays(DAYS - 1L).atStartOfDay(creditor).toInstant());
    return channels.stream()
        .sorted(
            Comparator.comparing(
                channel ->
                    made.stream()
                        .anyMatch(
                            it ->
                                it.outbound()
                                    && it.channel().equals(channel)
                                    && it.startedMicros() >= weekAgo)))
        .toList();
  }

  private List<LocalDate> week() {
    return IntStream.rangeClosed(1, DAYS).mapToObj(asOf::plusDays).toList();
  }

  /** The hour at which the customer answers best, then those of an office, nearest to it first. */
  private static List<Integer> hours(Row customer) {
    Number best = customer.getAs("best_hour");
    int wanted = best == null ? (FROM + 1) : best.intValue();
    return IntStream.range(FROM, TO)
        .boxed()
        .sorted(Comparator.comparingInt(hour -> Math.abs(hour - wanted)))
        .toList();
  }

  private Debtor inForce(List<Debtor> rows) {
    Debtor found = new Debtor(null, null, null, null, null);
    LocalDate day = asOf.plusDays(1);
    for (Debtor row : rows) {
      if (row.validFrom() == null || !row.validFrom().isAfter(day)) {
        found = row;
      }
    }
    return found;
  }

  private static Optional<ZoneId> zone(String name) {
    return name != null && ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  private static List<Contact> contacts(Row customer) {
    List<Row> rows =
        customer.getAs("contacts") == null
            ? List.of()
            : customer.getList(customer.fieldIndex("contacts"));
    return rows.stream()
        .map(
            it ->
                new Contact(
                    it.getString(1),
                    it.getLong(0),
                    it.getString(2),
                    it.getBoolean(3),
                    it.getString(4),
                    it.getString(5),
                    it.isNullAt(6) ? null : it.getBoolean(6)))
        .toList();
  }

  private static List<Debtor> debtor(Row customer) {
    List<Row> rows =
        customer.getAs("rows") == null ? List.of() : customer.getList(customer.fieldIndex("rows"));
    return rows.stream()
        .map(
            it ->
                new Debtor(
                    it.isNullAt(0) ? null : LocalDate.parse(it.getString(0)),
                    it.getString(1),
                    it.getString(2),
                    it.getString(3),
                    it.getString(4)))
        .toList();
  }

  private static String codes(Iterable<MissingFact> missing) {
    List<String> codes = new ArrayList<>();
    missing.forEach(it -> codes.add(it.code()));
    return codes.isEmpty() ? null : String.join(", ", codes);
  }
}
