package io.recupero.segment;

import io.recupero.ledger.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is on record of one customer, of every date and version: what a snapshot is taken of.
 */
final class History {

  /** A day that a record does not give. */
  static final int NO_DAY = Integer.MIN_VALUE;

  /** A version of a record: it stands from the moment it is known until a later one is. */
  interface Version {
    String id();

    long known();
  }

  record Event(
      EventKind kind,
      String currency,
      String sourceId,
      int day,
      int paidDay,
      long amount,
      long known) {}

  record Document(
      String id,
      String type,
      String debtType,
      int issueDay,
      int dueDay,
      int discountUntil,
      long discountAmount,
      long known)
      implements Version {

    boolean isInstalment() {
      return "instalment".equals(type);
    }
  }

  record Payment(
      String id,
      String currency,
      String method,
      String reverses,
      int paidDay,
      long amount,
      long known)
      implements Version {}

  /** A row of the customers file; its key is the day it holds from. */
  record Profile(
      int fromDay,
      String country,
      String region,
      String industry,
      String companySize,
      String personType,
      String riskRating,
      String limitCurrency,
      String timezone,
      int sinceDay,
      Long creditLimit,
      long known) {

    static final Profile NONE =
        new Profile(NO_DAY, null, null, null, null, null, null, null, null, NO_DAY, null, 0);
  }

  record Contact(
      String id, String channel, boolean outbound, String outcome, long startedMicros, long known)
      implements Version {}

  record Promise(
      String id,
      String currency,
      String invoiceId,
      int madeDay,
      int dueDay,
      int cancelledDay,
      long amount,
      long known)
      implements Version {}

  /** A dispute; {@link Long#MAX_VALUE} as amount is the whole balance. */
  record Dispute(String id, String invoiceId, int openedDay, int closedDay, long amount, long known)
      implements Version {}

  record Plan(String id, int agreedDay, long known) implements Version {}

  /** An invoice's versions and what moved its balance. */
  static final class Debt {
    final List<Document> versions = new ArrayList<>(1);
    final List<Event> events = new ArrayList<>(3);
  }

  final String customerId;
  final Map<String, Debt> debts = new HashMap<>();
  final List<Payment> payments = new ArrayList<>();
  final List<Profile> profiles = new ArrayList<>();
  final List<Contact> contacts = new ArrayList<>();
  final List<Promise> promises = new ArrayList<>();
  final List<Dispute> disputes = new ArrayList<>();
  final List<Plan> plans = new ArrayList<>();

  History(String customerId) {
    this.customerId = customerId;
  }

  Debt debt(String invoiceId) {
    return debts.computeIfAbsent(invoiceId, id -> new Debt());
  }

  /** Puts everything in order, so that results do not depend on the order of arrival. */
  void settle() {
    for (Debt debt : debts.values()) {
      debt.versions.sort(Comparator.comparingLong(Document::known));
      debt.events.sort(
          Comparator.comparingInt(Event::day)
              .thenComparingLong(Event::known)
              .thenComparing(Event::kind)
              .thenComparing(Event::sourceId)
              .thenComparingLong(Event::amount));
    }
    profiles.sort(Comparator.comparingInt(Profile::fromDay).thenComparingLong(Profile::known));
    settle(payments);
    settle(contacts);
    settle(promises);
    settle(disputes);
    settle(plans);
  }

  private static void settle(List<? extends Version> versions) {
    versions.sort(Comparator.comparing(Version::id).thenComparingLong(Version::known));
  }

  /** Returns the attributes the customer began with; {@link Profile#NONE} where it has none. */
  Profile firstProfile() {
    return profiles.isEmpty() ? Profile.NONE : profiles.get(0);
  }

  /** Returns of each record the version that stood at a knowledge time. */
  static <T extends Version> List<T> standing(List<T> versions, long known) {
    List<T> standing = new ArrayList<>(versions.size());
    for (T version : versions) {
      if (version.known() > known) {
        continue;
      }
      int last = standing.size() - 1;
      if (last >= 0 && standing.get(last).id().equals(version.id())) {
        standing.set(last, version);
      } else {
        standing.add(version);
      }
    }
    return standing;
  }
}
