package io.recupero.mart;

import io.recupero.ledger.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work of collecting, month to date: {@code gold.contact_daily}. Contacts with what they cost,
 * promises made, overdue spells that a contact ended, and the cash that came for overdue items,
 * beside the contact it is credited to.
 *
 * <p>Counts have the portfolio, debt type and currency of the contact's invoice; costs those of the
 * invoice too, but the currency of the cost.
 */
record ContactMart(AgeingScheme ageing, int graceDays) implements Mart {

  /** Cash is credited to the last right-party contact of so many days; so is the end of a spell. */
  static final int CREDIT_DAYS = 7;

  private static final String[] KEYS = {
    "channel",
    "agent_id",
    "team",
    "agency",
    "desk",
    "strategy_id",
    "hour",
    "weekday",
    "arm",
    "stage",
    "debt_age",
    "preferred"
  };

  private static final String NO_KEYS = Keys.join(new String[KEYS.length]);

  @Override
  public String table() {
    return "gold.contact_daily";
  }

  @Override
  public Optional<String> needs() {
    return Optional.of("contacts");
  }

  @Override
  public Keys keys() {
    return Keys.wide(KEYS);
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.count("attempt_count"),
        Part.count("answered_count"),
        Part.count("right_party_count"),
        Part.count("right_party_seconds"),
        Part.count("promise_count"),
        Part.count("rating_sum"),
        Part.count("rating_count"),
        Part.count("spell_count"),
        Part.count("resolved_count"),
        Part.amount("cost_amount"),
        Part.amount("credited_amount"),
        Part.amount("late_cash_amount"),
        Part.count("late_cash_count"),
        Part.count("compliant_count"),
        Part.count("violation_count"),
        Part.count("undeterminable_count"),
        Part.count("receptivity_sum"),
        Part.count("receptivity_count"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    days.addMonthStarts(receivable.firstDay(), receivable.lastDay());
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    int from = Math.max(Months.start(day), receivable.dueDay + 1);
    if (receivable.isUnapplied() || from > day) {
      return;
    }
    long cash = receivable.cashBetween(from, day);
    if (cash != 0) {
      long[] parts = to.entry(NO_KEYS);
      parts[11] = cash;
      parts[12] = 1;
    }
    if (receivable.debtor.dossier.isEmpty()) {
      return;
    }
    CreditedCash.forEach(
        receivable,
        graceDays,
        Months.start(day),
        day,
        (cashDay, amount) ->
            receivable
                .debtor
                .dossier
                .lastRightParty(receivable.debtor, cashDay - CREDIT_DAYS, cashDay)
                .ifPresent(contact -> to.entry(keys(contact))[10] = amount));
  }

  private String keys(Contact contact) {
    return Keys.join(contact.keys(ageing));
  }

  @Override
  public List<? extends Item> items(Debtor debtor) {
    if (debtor.dossier.isEmpty()) {
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (Contact contact : debtor.dossier.contacts(debtor)) {
      items.add(
          new OfMonth(
              contact.line(debtor.lines),
              contact.day(),
              (day, to) -> contact(debtor, contact, to.entry(keys(contact)))));
      contact
          .lineOfCost(debtor.lines)
          .ifPresent(
              line ->
                  items.add(
                      new OfMonth(
                          line,
                          contact.day(),
                          (day, to) -> to.entry(keys(contact))[9] = contact.cost(line))));
    }
    for (WorkRecord promise : debtor.dossier.promises(debtor).records()) {
      String keys = keys(promise, debtor);
      items.add(
          new OfMonth(
              debtor.lineOf(promise.text(2)), promise.day(0), (day, to) -> to.entry(keys)[4] = 1));
    }
    addSpells(debtor, items);
    return items;
  }

  private static void contact(Debtor debtor, Contact contact, long[] parts) {
    if (contact.isOutbound()) {
      parts[0] = 1;
      parts[1] = contact.isAnswered() ? 1 : 0;
      parts[2] = contact.isRightParty() ? 1 : 0;
      parts[3] = contact.isRightParty() ? contact.seconds() : 0;
      switch (debtor.dossier.finding(debtor, contact.id()).verdict()) {
        case OK -> parts[13] = 1;
        case VIOLATION -> parts[14] = 1;
        case UNDETERMINABLE -> parts[15] = 1;
      }
    }
    parts[5] = contact.rating().orElse(0L);
    parts[6] = contact.rating().isPresent() ? 1 : 0;
    parts[16] = contact.receptivity().orElse(0L);
    parts[17] = contact.receptivity().isPresent() ? 1 : 0;
  }

  /** A promise made in a contact has all that is told of it, else its agent alone. */
  private String keys(WorkRecord promise, Debtor debtor) {
    Optional<Contact> contact =
        promise.text(1) == null
            ? Optional.empty()
            : debtor.dossier.contact(debtor, promise.text(1));
    String[] own = new String[KEYS.length];
    own[1] = promise.text(3);
    own[2] = promise.text(4);
    own[3] = promise.text(5);
    own[4] = Contact.desk(own[1], own[3], promise.has(4));
    return contact.map(this::keys).orElseGet(() -> Keys.join(own));
  }

  /** A spell is judged when its first right-party contact is seven days ago. */
  private void addSpells(Debtor debtor, List<Item> items) {
    int[] late = debtor.lateDays(graceDays);
    for (int i = 0; i < late.length; i += 2) {
      int from = late[i];
      int until = late[i + 1];
      for (Contact contact : debtor.dossier.contacts(debtor)) {
        if (contact.day() >= from && contact.day() <= until && contact.isRightParty()) {
          int judged = contact.day() + CREDIT_DAYS;
          boolean resolved = until <= judged && isPaid(debtor, contact.day(), until);
          items.add(
              new OfMonth(
                  debtor.lines.nothing,
                  judged,
                  (day, to) -> {
                    long[] parts = to.entry(keys(contact));
                    parts[7] = 1;
                    parts[8] = resolved ? 1 : 0;
                  }));
          break;
        }
      }
    }
  }

  /** Returns whether all that was overdue on a day has ended by being paid. */
  private boolean isPaid(Debtor debtor, int day, int end) {
    for (Receivable receivable : debtor.receivables.values()) {
      if (day - receivable.dueDay > graceDays && receivable.balanceAt(day - 1) > 0) {
        Receivable.Event last = receivable.lastZero(end);
        if (last == null || last.kind().exit() != EventKind.Exit.PAID) {
          return false;
        }
      }
    }
    return true;
  }
}
