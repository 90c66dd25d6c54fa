package io.recupero.mart;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/** A customer with its receivables, what waits unapplied, and who it was when. */
final class Debtor {

  /**
   * What waits unapplied of a line: all of it, or that of one source where that is so much that a
   * few of them would overflow.
   */
  record Waiting(Line line, long source) {

    /** Ten-thousandths of an event from which on its source is kept apart. */
    private static final long MUCH = 1L << 52;

    static Waiting of(Line line, Receivable.Event event) {
      boolean isMuch = event.amount() >= MUCH || event.amount() <= -MUCH;
      return new Waiting(line, isMuch ? event.source() : 0);
    }
  }

  record Version(int fromDay, Attributes attributes) {}

  final UTF8String customerId;
  final ZoneId zone;
  final Lookups lookups;
  final Line.Known lines;
  final Dossier dossier = new Dossier();
  final Map<UTF8String, Receivable> receivables = new HashMap<>();
  final Map<Waiting, Receivable> unapplied = new HashMap<>(2);
  private List<Version> versions = new ArrayList<>(1);
  private final Map<Integer, int[]> lateDays = new HashMap<>(4);

  /**
   * @param zone the creditor's time zone
   * @param lines all lines that the walk has met
   */
  Debtor(UTF8String customerId, ZoneId zone, Lookups lookups, Line.Known lines) {
    this.customerId = customerId;
    this.zone = zone;
    this.lookups = lookups;
    this.lines = lines;
  }

  /** Returns a receivable; null without an id, or where the customer has no such receivable. */
  Receivable receivable(String invoiceId) {
    return invoiceId == null ? null : receivables.get(UTF8String.fromString(invoiceId));
  }

  /** Returns the line of a receivable; one without anything where there is none. */
  Line lineOf(String invoiceId) {
    Receivable receivable = receivable(invoiceId);
    return receivable == null ? lines.nothing : receivable.line;
  }

  /** Returns the bucket of the oldest item at the close of a day. */
  String ageOfDebt(AgeingScheme ageing, int day) {
    int oldest = 0;
    for (int from : ageing.fromDays()) {
      oldest = isLate(from - 1, day) ? from : oldest;
    }
    return ageing.bucketOf(oldest);
  }

  /** Takes a version of a receivable; the one known last stands. */
  void learn(Receivable version) {
    receivables.merge(version.id, version, (a, b) -> a.knownAt > b.knownAt ? a : b);
  }

  void add(int fromDay, Attributes attributes) {
    versions.add(new Version(fromDay, attributes));
  }

  void settle() {
    versions.sort(Comparator.comparingInt(Version::fromDay));
    List<Version> distinct = new ArrayList<>(versions.size());
    for (Version version : versions) {
      if (distinct.isEmpty()
          || distinct.get(distinct.size() - 1).attributes != version.attributes) {
        distinct.add(version);
      }
    }
    versions = distinct;
    receivables.values().forEach(Receivable::settle);
    unapplied.values().forEach(Receivable::settle);
  }

  /** Returns who it was when, from the earliest on. */
  List<Version> versions() {
    return versions;
  }

  /** Returns the attributes in force on a day; before the first dated row nothing is known. */
  Attributes attributesAt(int day, Attributes nothing) {
    Attributes found = nothing;
    for (Version version : versions) {
      if (version.fromDay > day) {
        break;
      }
      found = version.attributes;
    }
    return found;
  }

  void addAttributeChanges(Days days, int from) {
    for (Version version : versions) {
      if (version.fromDay > from) {
        days.add(version.fromDay);
      }
    }
  }

  /**
   * Returns the days on which the customer begins or ceases to have any item more than {@code k}
   * days past due, in turn: late from the first to before the second, and so on.
   */
  int[] lateDays(int k) {
    return lateDays.computeIfAbsent(k, this::findLateDays);
  }

  /** Returns whether any item is more than {@code k} days past due at the close of a day. */
  boolean isLate(int k, int day) {
    int at = Arrays.binarySearch(lateDays(k), day);
    int begun = at >= 0 ? at + 1 : -at - 1;
    return begun % 2 == 1;
  }

  private int[] findLateDays(int k) {
    List<int[]> spells = new ArrayList<>();
    for (Receivable receivable : receivables.values()) {
      receivable.addSpellsLaterThan(k, spells);
    }
    spells.sort(Comparator.comparingInt(spell -> spell[0]));
    int[] days = new int[spells.size() * 2];
    int size = 0;
    for (int[] spell : spells) {
      if (size > 0 && spell[0] <= days[size - 1]) {
        days[size - 1] = Math.max(days[size - 1], spell[1]);
      } else {
        days[size++] = spell[0];
        days[size++] = spell[1];
      }
    }
    return Arrays.copyOf(days, size);
  }
}
