package io.recupero.segment;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How the customer can be reached: of outbound contacts in the last twelve months. */
final class ContactFeatures implements FeatureGroup {

  private static final List<String> CHANNELS =
      List.of("call", "whatsapp", "sms", "email", "ivr", "letter", "visit");
  private static final Set<String> RIGHT_PARTY =
      Set.of("right_party", "promise", "refusal", "dispute", "paid_already", "callback");
  private static final Set<String> ANSWERED = Set.of("third_party", "wrong_number");

  @Override
  public void compute(Snapshot customer, Values values) {
    if (!customer.has.contacts()) {
      return;
    }
    int before = customer.before(Window.YEAR.months());
    ZoneId zone = zone(customer);
    Tally all = new Tally();
    Map<String, Tally> channels = new TreeMap<>();
    CHANNELS.forEach(channel -> channels.put(channel, new Tally()));
    Map<Integer, Tally> hours = new TreeMap<>();
    long inbound = 0;
    int last = History.NO_DAY;
    for (History.Contact contact : customer.contacts) {
      int day = customer.dayOf(contact.startedMicros());
      last = contact.outbound() ? day : last;
      if (day > before && contact.outbound()) {
        all.add(contact);
        channels.computeIfAbsent(contact.channel(), channel -> new Tally()).add(contact);
        if (!contact.channel().equals("letter")) { // nobody opens a letter at the hour it is sent
          hours.computeIfAbsent(hour(contact, zone), hour -> new Tally()).add(contact);
        }
      }
      inbound += day > before && !contact.outbound() ? 1 : 0;
    }
    values.count("contacts_12m", all.attempts);
    values.count("inbound_contacts_12m", inbound);
    values.percent("contact_rate_12m", all.answers, all.attempts);
    values.percent("response_rate_12m", all.responses, all.attempts);
    for (String channel : CHANNELS) {
      Tally tally = channels.get(channel);
      values.percent("contact_rate_" + channel + "_12m", tally.answers, tally.attempts);
      values.percent("response_rate_" + channel + "_12m", tally.responses, tally.attempts);
    }
    values.text("best_channel", best(channels));
    Integer hour = best(hours);
    if (hour != null) {
      values.count("best_hour", hour);
    }
    if (last != History.NO_DAY) {
      values.count("days_since_last_contact", customer.day - last);
    }
  }

  /**
   * The key with the greatest share of responses, as if it had been tried twice more in vain: one
   * lucky call is not better than nine answers to ten. Of equals the one with more responses, then
   * the first; null without any response.
   */
  private static <K> K best(Map<K, Tally> tallies) {
    K best = null;
    Tally most = new Tally();
    for (Map.Entry<K, Tally> entry : tallies.entrySet()) {
      Tally tally = entry.getValue();
      long ahead = tally.responses * (most.attempts + 2) - most.responses * (tally.attempts + 2);
      if (ahead > 0 || (ahead == 0 && tally.responses > most.responses)) {
        best = entry.getKey();
        most = tally;
      }
    }
    return best;
  }

  private static int hour(History.Contact contact, ZoneId zone) {
    return Instant.ofEpochSecond(Math.floorDiv(contact.startedMicros(), 1_000_000L))
        .atZone(zone)
        .getHour();
  }

  /**
   * The hour is the debtor's, because permitted hours are; the creditor's where it is not known.
   */
  private static ZoneId zone(Snapshot customer) {
    String own = customer.profile.timezone();
    try {
      return own == null ? customer.zone : ZoneId.of(own);
    } catch (DateTimeException e) {
      return customer.zone;
    }
  }

  private static final class Tally {
    long attempts;
    long answers;
    long responses;

    void add(History.Contact contact) {
      boolean response = RIGHT_PARTY.contains(contact.outcome());
      attempts++;
      responses += response ? 1 : 0;
      answers += response || ANSWERED.contains(contact.outcome()) ? 1 : 0;
    }
  }
}
