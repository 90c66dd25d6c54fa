package io.recupero.mart;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/** One contact, and what was known of the customer when it was made. */
final class Contact {

  private static final Set<String> RIGHT_PARTY =
      Set.of("right_party", "promise", "refusal", "dispute", "paid_already", "callback");
  private static final Set<String> ANSWERED = Set.of("third_party", "wrong_number");
  private static final String YES = "yes";
  private static final String NO = "no";

  private final WorkRecord record;
  private final Debtor debtor;
  private final Receivable invoice;
  private String[] keys;

  Contact(WorkRecord record, Debtor debtor) {
    this.record = record;
    this.debtor = debtor;
    this.invoice = debtor.receivable(record.text(6));
  }

  String id() {
    return record.id();
  }

  /** Returns the day in the creditor's time zone. */
  int day() {
    return record.day(0);
  }

  long startedMicros() {
    return record.number(1);
  }

  String channel() {
    return record.text(0);
  }

  boolean isOutbound() {
    return !"inbound".equals(record.text(1));
  }

  /** Returns whether we reached the debtor. */
  boolean isRightParty() {
    return isOutbound() && RIGHT_PARTY.contains(record.text(2));
  }

  boolean isAnswered() {
    return isOutbound() && (isRightParty() || ANSWERED.contains(record.text(2)));
  }

  /** Returns it as the contact rules look at it. */
  io.recupero.compliance.Contact toJudge() {
    return new io.recupero.compliance.Contact(
        id(),
        startedMicros(),
        channel(),
        isOutbound(),
        record.text(2),
        record.text(6),
        record.has(5) ? record.number(5) != 0 : null);
  }

  String delayReason() {
    return record.text(8);
  }

  long seconds() {
    return record.number(2);
  }

  /** Returns how the debtor took it, 1 to 5. */
  Optional<Long> receptivity() {
    return Optional.ofNullable(record.numbers()[7]);
  }

  Optional<Long> rating() {
    return Optional.ofNullable(record.numbers()[3]);
  }

  /** Returns the line of the invoice that it was about; of none, a line without anything. */
  Line line(Line.Known lines) {
    return invoice != null ? invoice.line : lines.nothing;
  }

  /** Returns the line of its cost: that of its invoice, but in the currency of the cost. */
  Optional<Line> lineOfCost(Line.Known lines) {
    if (!record.has(4) || record.text(9) == null) {
      return Optional.empty();
    }
    Line own = line(lines);
    return Optional.of(lines.of(own.portfolio(), own.debtType(), record.text(9)));
  }

  /** Returns the cost in minor units of its line. */
  long cost(Line lineOfCost) {
    return record.number(4) / lineOfCost.minorUnit;
  }

  /** The keys that all marts of work have: {@link #who}. */
  static final String[] WHO = {"channel", "agent_id", "team", "agency", "desk", "strategy_id"};

  /** Returns channel, agent, team, agency, desk and strategy, as all marts of work have them. */
  String[] who() {
    return new String[] {
      channel(),
      record.text(3),
      record.text(4),
      record.text(5),
      desk(record.text(3), record.text(5), record.has(6)),
      record.text(7)
    };
  }

  /** Tells own team from agencies; null for a contact of an unknown agent, or of none. */
  static String desk(String agent, String agency, boolean isAgent) {
    return agent == null || !isAgent ? null : agency == null ? "own" : "agency";
  }

  /** Returns all keys of {@code gold.contact_daily}, in the order of its columns. */
  String[] keys(AgeingScheme ageing) {
    if (keys == null) {
      Dossier dossier = debtor.dossier;
      Optional<WorkRecord> profile = dossier.inForce(WorkRows.PROFILE, 0, day());
      ZonedDateTime local =
          Instant.ofEpochSecond(Math.floorDiv(startedMicros(), 1_000_000L))
              .atZone(zone(profile.map(it -> it.text(0)).orElse(null)));
      String preferred = profile.map(it -> it.text(1)).orElse(null);
      String[] who = who();
      keys =
          new String[] {
            who[0],
            who[1],
            who[2],
            who[3],
            who[4],
            who[5],
            String.format("%02d", local.getHour()),
            Integer.toString(local.getDayOfWeek().getValue()),
            dossier.inForce(WorkRows.ARM, 0, day()).map(it -> it.text(1)).orElse(null),
            dossier.inForce(WorkRows.STAGE, 0, day()).map(it -> it.text(0)).orElse(null),
            debtor.ageOfDebt(ageing, day() - 1),
            preferred == null ? null : preferred.equals(channel()) ? YES : NO
          };
    }
    return keys;
  }

  /** The debtor's own zone, because permitted hours are its; UTC where it is not known. */
  private ZoneId zone(String own) {
    try {
      return own == null ? debtor.zone : ZoneId.of(own);
    } catch (DateTimeException e) {
      return debtor.zone;
    }
  }
}
