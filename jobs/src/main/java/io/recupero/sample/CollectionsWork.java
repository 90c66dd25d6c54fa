package io.recupero.sample;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What collectors did about a customer's late invoices: contacts at the debtor's local time,
 * promises, surveys, stages and the strategy it was assigned to. Has a stream of chances of its
 * own, so histories without it are the same.
 */
final class CollectionsWork {

  static final int AGENTS = 12;

  private static final String[] STAGES = {"early", "negotiation", "legal"};
  private static final int[] STAGE_FROM = {4, 61, 121};

  private final Account a;
  private final Customer customer;
  private final Draw draw;
  private final int part;
  private String strategy;
  private LocalDate strategyFrom;

  CollectionsWork(Account account, int part) {
    this.a = account;
    this.customer = account.customer;
    this.part = part;
    this.draw = new Draw(account.settings.seed(), customer.number(), part, 4);
  }

  void tell() {
    if (part == 0) {
      strategy();
      stages();
    }
    boolean wanted =
        a.out.wants(Table.CONTACTS) || a.out.wants(Table.PROMISES) || a.out.wants(Table.SURVEYS);
    if (wanted) {
      a.bills.forEach(this::chase);
    }
  }

  private void strategy() {
    boolean assigned = draw.chance(0.6);
    String arm = draw.of("control", "whatsapp_first", "call_first");
    strategyFrom = a.settings.start().plusDays(draw.between(0, 120));
    if (!assigned || strategyFrom.isAfter(a.end)) {
      return;
    }
    strategy = a.id('T');
    if (a.out.wants(Table.STRATEGIES)) {
      a.out.row(
          Table.STRATEGIES, strategy, customer.id(), arm, strategyFrom, customer.size().segment);
    }
  }

  private void stages() {
    if (!a.out.wants(Table.STAGES)) {
      return;
    }
    Map<LocalDate, String> entered = new TreeMap<>();
    entered.put(a.settings.start(), "preventive");
    for (int i = 0; i < STAGES.length; i++) {
      LocalDate first = null;
      for (Bill bill : a.bills) {
        LocalDate day = bill.due.plusDays(STAGE_FROM[i]);
        boolean there = !day.isAfter(until(bill)) && (first == null || day.isBefore(first));
        first = there ? day : first;
      }
      if (first != null) {
        entered.put(first, STAGES[i]);
      }
    }
    entered.forEach((day, stage) -> a.out.row(Table.STAGES, customer.id(), stage, day));
  }

  /** Contacts until the invoice is closed, five at most, at growing distances. */
  private void chase(Bill bill) {
    LocalDate until = until(bill);
    LocalDate day = bill.due.plusDays(draw.between(3, 8));
    for (int tries = 1; tries <= 5 && day.isBefore(until); tries++) {
      contact(bill, day);
      day = day.plusDays((long) draw.between(4, 12) * tries);
    }
  }

  private LocalDate until(Bill bill) {
    return bill.closedOn == null ? a.end : bill.closedOn;
  }

  private void contact(Bill bill, LocalDate wanted) {
    OffsetDateTime at = time(wanted);
    if (at.atZoneSameInstant(Account.ZONE).toLocalDate().isAfter(a.end)) {
      return;
    }
    String channel =
        draw.weighted(
            "call", 45, "whatsapp", 25, "email", 14, "sms", 8, "ivr", 5, "letter", 2, "visit", 1);
    boolean spoken = channel.equals("call") || channel.equals("visit");
    String outcome = outcome(channel, spoken);
    boolean inbound = channel.equals("call") && outcome.equals("callback");
    boolean heard = spoken && !outcome.equals("no_answer") && !outcome.equals("wrong_number");
    boolean holder = heard && !outcome.equals("third_party");
    String agent = spoken ? agent() : null;
    Integer seconds =
        channel.equals("call") ? (heard ? draw.between(40, 600) : draw.between(5, 35)) : null;
    Integer receptivity = holder ? (Integer) draw.between(1, 5) : null;
    Integer rating = heard && draw.chance(0.5) ? (Integer) draw.between(2, 5) : null;
    String reason =
        holder
            ? draw.weighted(
                "financial",
                35,
                "disorganised",
                20,
                "forgot",
                20,
                "dispute",
                10,
                "unhappy",
                5,
                "other",
                10)
            : null;
    boolean named = draw.chance(0.75);
    Boolean consent = draw.chance(0.02) ? Boolean.TRUE : null;
    boolean follows = strategy != null && !wanted.isBefore(strategyFrom);
    String id = a.id('K');
    if (a.out.wants(Table.CONTACTS)) {
      a.out.row(
          Table.CONTACTS,
          id,
          customer.id(),
          at,
          channel,
          inbound ? "inbound" : "outbound",
          outcome,
          agent,
          named ? bill.id : null,
          follows ? strategy : null,
          seconds,
          receptivity,
          rating,
          cost(channel),
          customer.coin().name(),
          heard && seconds != null ? "rec/" + id : null,
          reason,
          consent);
    }
    LocalDate day = at.atZoneSameInstant(Account.ZONE).toLocalDate();
    if (outcome.equals("promise")) {
      promise(id, bill, day, named, agent);
    }
    if (holder) {
      survey(id, day);
    }
  }

  private String outcome(String channel, boolean spoken) {
    if (spoken) {
      return draw.weighted(
          "no_answer",
          42,
          "wrong_number",
          5,
          "third_party",
          10,
          "right_party",
          13,
          "promise",
          17,
          "refusal",
          4,
          "dispute",
          3,
          "paid_already",
          2,
          "callback",
          4);
    }
    return switch (channel) {
      case "ivr" -> draw.weighted("no_answer", 6, "right_party", 3, "wrong_number", 1);
      case "letter" -> draw.weighted("delivered", 9, "bounced", 1);
      default -> draw.weighted("delivered", 55, "read", 30, "bounced", 15);
    };
  }

  private String agent() {
    int number = 1 + (int) ((customer.number() + draw.below(3)) % AGENTS);
    return (number < 10 ? "A0" : "A") + number;
  }

  /** Working hours of a working day, but for a few that are not. */
  private OffsetDateTime time(LocalDate wanted) {
    boolean odd = draw.chance(0.04);
    LocalDate day = wanted;
    while (!odd && day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) {
      day = day.plusDays(1);
    }
    LocalTime time =
        LocalTime.of(
            odd ? draw.between(6, 22) : draw.between(9, 18), draw.below(60), draw.below(60));
    return day.atTime(time).atZone(ZoneId.of(customer.timezone())).toOffsetDateTime();
  }

  private BigDecimal cost(String channel) {
    double dollars =
        switch (channel) {
          case "call" -> 0.35;
          case "visit" -> 9;
          case "letter" -> 1.2;
          case "ivr" -> 0.08;
          default -> 0.05;
        };
    return customer.coin().money(customer.coin().worth(dollars));
  }

  private void promise(String contact, Bill bill, LocalDate day, boolean named, String agent) {
    LocalDate due = day.plusDays(draw.between(2, 14));
    long units = draw.chance(0.7) ? bill.amount : bill.coin.share(bill.amount, 0.5);
    LocalDate cancelled = day.plusDays(2);
    boolean off = draw.chance(0.05) && !cancelled.isAfter(a.end);
    if (a.out.wants(Table.PROMISES)) {
      a.out.row(
          Table.PROMISES,
          a.id('S'),
          customer.id(),
          day,
          due,
          bill.coin.money(units),
          bill.coin.name(),
          contact,
          named ? bill.id : null,
          agent,
          off ? cancelled : null);
    }
  }

  private void survey(String contact, LocalDate day) {
    if (!draw.chance(0.15)) {
      return;
    }
    int csat = draw.between(1, 5);
    int nps = Math.min(10, csat * 2 + draw.below(2));
    String comment =
        draw.chance(0.3)
            ? draw.of("Muy amable", "Llaman mucho", "Muy amable,\ngracias", "OK; todo \"claro\"")
            : null;
    if (a.out.wants(Table.SURVEYS)) {
      a.out.row(Table.SURVEYS, a.id('E'), customer.id(), day, csat, nps, contact, comment);
    }
    if (comment != null && comment.indexOf('\n') >= 0) {
      a.out.count(Case.NEWLINE_IN_COMMENT);
    }
  }
}
