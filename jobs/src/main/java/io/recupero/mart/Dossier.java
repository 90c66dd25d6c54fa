package io.recupero.mart;

import io.recupero.compliance.Finding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of the work of collecting from one customer. Of each record the version known last
 * stands.
 */
final class Dossier {

  private record Key(int kind, String id) {}

  private final Map<Key, WorkRecord> records = new HashMap<>();
  private final Map<Integer, List<WorkRecord>> sorted = new HashMap<>();
  private List<Contact> contacts;
  private List<Contact> rightParty;
  private final Map<String, Contact> byId = new HashMap<>();
  private List<Finding> findings;
  private Map<String, Finding> findingById;
  private List<Contact> reasons;
  private Map<String, List<Dispute>> disputes;
  private Promises promises;

  void learn(WorkRecord version) {
    records.merge(
        new Key(version.kind(), version.id()),
        version,
        (a, b) -> a.knownAt() > b.knownAt() ? a : b);
  }

  Collection<WorkRecord> records() {
    return records.values();
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Returns the records of a kind, by one of their days (always the same) and then their ids. */
  List<WorkRecord> of(int kind, int day) {
    return sorted.computeIfAbsent(kind, ignored -> find(kind, day));
  }

  private List<WorkRecord> find(int kind, int day) {
    List<WorkRecord> found = new ArrayList<>();
    for (WorkRecord record : records.values()) {
      if (record.kind() == kind) {
        found.add(record);
      }
    }
    found.sort(
        Comparator.<WorkRecord>comparingLong(record -> record.day(day))
            .thenComparing(WorkRecord::id));
    return found;
  }

  /** Returns the record of a kind that holds on a day: the last that began; empty before. */
  Optional<WorkRecord> inForce(int kind, int fromAt, int day) {
    WorkRecord found = null;
    for (WorkRecord record : of(kind, fromAt)) {
      if (record.day(fromAt) <= day) {
        found = record;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Returns the contacts in the order in which they began. */
  List<Contact> contacts(Debtor debtor) {
    if (contacts == null) {
      contacts = new ArrayList<>();
      for (WorkRecord record : of(WorkRows.CONTACT, 0)) {
        contacts.add(new Contact(record, debtor));
      }
      contacts.sort(Comparator.comparingLong(Contact::startedMicros).thenComparing(Contact::id));
      rightParty = contacts.stream().filter(Contact::isRightParty).toList();
      contacts.forEach(contact -> byId.put(contact.id(), contact));
    }
    return contacts;
  }

  Optional<Contact> contact(Debtor debtor, String id) {
    contacts(debtor);
    return Optional.ofNullable(byId.get(id));
  }

  /** Returns the last right-party contact that we made from one day to another, both with. */
  Optional<Contact> lastRightParty(Debtor debtor, int from, int to) {
    contacts(debtor);
    int low = 0;
    int high = rightParty.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rightParty.get(middle).day() <= to) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && rightParty.get(low - 1).day() >= from
        ? Optional.of(rightParty.get(low - 1))
        : Optional.empty();
  }

  /** Returns what the contact rules say of each outbound contact, by time and id. */
  List<Finding> findings(Debtor debtor) {
    if (findings == null) {
      findings =
          contacts(debtor).isEmpty()
              ? List.of()
              : debtor.lookups.judge().judge(judged(debtor), profiles());
    }
    return findings;
  }

  /** Returns the finding of an outbound contact; null of one that is not judged. */
  Finding finding(Debtor debtor, String contactId) {
    if (findingById == null) {
      findingById = new HashMap<>();
      findings(debtor).forEach(finding -> findingById.put(finding.contactId(), finding));
    }
    return findingById.get(contactId);
  }

  private List<io.recupero.compliance.Contact> judged(Debtor debtor) {
    return contacts(debtor).stream().map(Contact::toJudge).toList();
  }

  private List<io.recupero.compliance.Debtor> profiles() {
    return of(WorkRows.PROFILE, 0).stream()
        .map(
            row ->
                new io.recupero.compliance.Debtor(
                    row.has(0) ? LocalDate.ofEpochDay(row.day(0)) : null,
                    row.text(3),
                    row.text(4),
                    row.text(2),
                    row.text(0)))
        .toList();
  }

  /** Returns the contacts in which the customer said why it pays late, in their order. */
  List<Contact> reasons(Debtor debtor) {
    if (reasons == null) {
      reasons =
          isEmpty()
              ? List.of()
              : contacts(debtor).stream().filter(it -> it.delayReason() != null).toList();
    }
    return reasons;
  }

  /** Returns the disputes of an invoice. */
  List<Dispute> disputes(String invoiceId) {
    if (disputes == null) {
      disputes = new HashMap<>();
      for (WorkRecord record : of(WorkRows.DISPUTE, 0)) {
        disputes.computeIfAbsent(record.text(0), id -> new ArrayList<>(1)).add(new Dispute(record));
      }
    }
    return disputes.getOrDefault(invoiceId, List.of());
  }

  Promises promises(Debtor debtor) {
    if (promises == null) {
      promises = Promises.of(this, debtor);
    }
    return promises;
  }
}
