package io.recupero.segment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A customer as it was on a day, as far as it was known then. Every feature reads only this, so
 * that nothing later can reach one.
 */
final class Snapshot {

  private static final Comparator<DebtState> BY_DUE =
      Comparator.comparingInt((DebtState debt) -> debt.document.dueDay())
          .thenComparing(debt -> debt.document.id());

  final AsOf asOf;
  final int day;
  final ZoneId zone;
  final Presence has;

  /** The customer's attributes in force; {@link History.Profile#NONE} where there are none. */
  final History.Profile profile;

  /** Documents that exist, oldest due date first; instalments among them. */
  final List<DebtState> debts;

  /** Payments received and not reversed, oldest first. */
  final List<History.Payment> payments;

  /** Reversals of payments. */
  final List<History.Payment> reversals;

  final List<History.Contact> contacts;

  /** Promises made and not cancelled, by the order in which cash serves them. */
  final List<History.Promise> promises;

  final List<History.Dispute> disputes;
  final List<History.Plan> plans;

  /** The currency of amounts: the one most documents are in; null without documents. */
  final String currency;

  /** Whether the attributes are those that the customer will begin with. */
  private final boolean begins;

  private Map<String, DebtState> byId;

  Snapshot(History history, AsOf asOf, ZoneId zone, Presence has, boolean newcomers) {
    this.asOf = asOf;
    this.day = asOf.epochDay();
    this.zone = zone;
    this.has = has;
    long known = asOf.knownMicros();
    this.debts = debts(history, known);
    History.Profile inForce = profile(history, known);
    this.begins = newcomers && inForce == History.Profile.NONE && debts.isEmpty();
    this.profile = begins ? history.firstProfile() : inForce;
    this.reversals = new ArrayList<>();
    this.payments = payments(history, known);
    this.contacts = contacts(history, known);
    this.promises = promises(history, known);
    this.disputes =
        History.standing(history.disputes, known).stream()
            .filter(dispute -> dispute.openedDay() <= day && owns(dispute.invoiceId()))
            .toList();
    this.plans =
        History.standing(history.plans, known).stream()
            .filter(plan -> plan.agreedDay() <= day)
            .toList();
    this.currency = mainCurrency();
  }

  /** Returns the last day before a window of so many months that ends today. */
  int before(int months) {
    return months == Window.EVER
        ? Integer.MIN_VALUE
        : (int) asOf.day().minusMonths(months).toEpochDay();
  }

  /** Returns whether the customer was there: by its own row, a document or a payment. */
  boolean exists() {
    boolean registered =
        !begins
            && profile != History.Profile.NONE
            && (profile.sinceDay() == History.NO_DAY || profile.sinceDay() <= day);
    return registered || !debts.isEmpty() || !payments.isEmpty() || !reversals.isEmpty();
  }

  /** Returns whether amounts of the document are in the currency of amounts. */
  boolean isMain(DebtState debt) {
    return debt.currency.equals(currency);
  }

  DebtState debt(String invoiceId) {
    if (byId == null) {
      byId = new HashMap<>();
      debts.forEach(debt -> byId.put(debt.document.id(), debt));
    }
    return byId.get(invoiceId);
  }

  private boolean owns(String invoiceId) {
    return debt(invoiceId) != null;
  }

  private History.Profile profile(History history, long known) {
    History.Profile inForce = History.Profile.NONE;
    for (History.Profile row : history.profiles) {
      if (row.fromDay() <= day && row.known() <= known) {
        inForce = row;
      }
    }
    return inForce;
  }

  private List<DebtState> debts(History history, long known) {
    List<DebtState> states = new ArrayList<>(history.debts.size());
    for (History.Debt debt : history.debts.values()) {
      DebtState state = DebtState.of(debt, day, known);
      if (state != null) {
        states.add(state);
      }
    }
    states.sort(BY_DUE);
    return states;
  }

  private List<History.Payment> payments(History history, long known) {
    List<History.Payment> received = new ArrayList<>();
    Set<String> reversed = new HashSet<>();
    for (History.Payment payment : History.standing(history.payments, known)) {
      if (payment.paidDay() > day) {
        continue;
      }
      if (payment.reverses() == null) {
        received.add(payment);
      } else {
        reversals.add(payment);
        reversed.add(payment.reverses());
      }
    }
    received.removeIf(payment -> reversed.contains(payment.id()));
    received.sort(
        Comparator.comparingInt(History.Payment::paidDay).thenComparing(History.Payment::id));
    return received;
  }

  private List<History.Contact> contacts(History history, long known) {
    long end = asOf.day().plusDays(1).atStartOfDay(zone).toEpochSecond() * 1_000_000;
    List<History.Contact> contacts =
        new ArrayList<>(
            History.standing(history.contacts, known).stream()
                .filter(contact -> contact.startedMicros() < end)
                .toList());
    contacts.sort(
        Comparator.comparingLong(History.Contact::startedMicros)
            .thenComparing(History.Contact::id));
    return contacts;
  }

  private List<History.Promise> promises(History history, long known) {
    List<History.Promise> promises = new ArrayList<>();
    for (History.Promise promise : History.standing(history.promises, known)) {
      boolean cancelled = promise.cancelledDay() != History.NO_DAY && promise.cancelledDay() <= day;
      if (promise.madeDay() <= day && !cancelled) {
        promises.add(promise);
      }
    }
    promises.sort(
        Comparator.comparingInt(History.Promise::dueDay)
            .thenComparingInt(History.Promise::madeDay)
            .thenComparing(History.Promise::id));
    return promises;
  }

  private String mainCurrency() {
    Map<String, Integer> documents = new HashMap<>();
    for (DebtState debt : debts) {
      documents.merge(debt.currency, 1, Integer::sum);
    }
    return documents.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** Returns the day of a moment in the creditor's time zone. */
  int dayOf(long micros) {
    Instant moment = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L));
    return (int) LocalDate.ofInstant(moment, zone).toEpochDay();
  }
}
