package io.recupero.compliance;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges the contacts of one customer at a time. It holds no state between customers, so that one
 * judge serves all of them, in any order and in any thread.
 */
public final class ContactJudge implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Comparator<Contact> IN_ORDER =
      Comparator.comparingLong(Contact::startedMicros).thenComparing(Contact::id);

  private final Map<String, List<Clause>> byCountry;
  private final boolean businessesToo;
  private final Holidays holidays;
  private final ZoneId creditor;

  /**
   * Makes a judge.
   *
   * @param rules the rules, with the switches that are on
   * @param holidays the public holidays that are known
   * @param creditor the creditor's time zone: the day there decides which of the debtor's rows is
   *     in force
   */
  public ContactJudge(ContactRules rules, Holidays holidays, ZoneId creditor) {
    this.byCountry =
        rules.clauses().stream()
            .collect(
                Collectors.groupingBy(
                    Clause::country, HashMap::new, Collectors.toCollection(ArrayList::new)));
    this.businessesToo = rules.judgesBusinesses();
    this.holidays = holidays;
    this.creditor = creditor;
  }

  /**
   * Returns a finding for each outbound contact, by time, then id.
   *
   * @param contacts all contacts of one customer, inbound ones too, in any order: one that is left
   *     out is missed by the rules that count
   * @param debtor the customer's rows, in any order; of two that begin on one day the last counts
   */
  public List<Finding> judge(List<Contact> contacts, List<Debtor> debtor) {
    List<Contact> sorted = contacts.stream().sorted(IN_ORDER).toList();
    DebtorHistory history = new DebtorHistory(debtor);
    Map<ZoneId, Timeline> timelines = new HashMap<>();
    Timeline own = new Timeline(sorted, creditor);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).outbound()) {
        Debtor then = history.on(LocalDate.ofEpochDay(own.day(i)));
        Optional<Timeline> local =
            Zones.named(then.timezone())
                .map(zone -> timelines.computeIfAbsent(zone, z -> new Timeline(sorted, z)));
        findings.add(finding(sorted.get(i), i, then, local, own));
      }
    }
    return findings;
  }

  private Finding finding(
      Contact contact, int at, Debtor debtor, Optional<Timeline> local, Timeline own) {
    int day = local.orElse(own).day(at);
    Standing standing = Standing.of(debtor, inForce(debtor.country(), day), businessesToo);
    Set<MissingFact> missing = EnumSet.noneOf(MissingFact.class);
    missing.addAll(standing.missing());
    List<Clause> broken = new ArrayList<>();
    if (local.isEmpty()) {
      missing.add(MissingFact.TIMEZONE);
    } else {
      Moment moment = new Moment(local.get(), at, debtor.country(), holidays);
      for (Clause clause : standing.clauses()) {
        switch (clause.answer(moment)) {
          case BROKEN -> broken.add(clause);
          case HOLIDAYS_UNKNOWN -> missing.add(MissingFact.HOLIDAYS);
          case KEPT -> {}
        }
      }
    }
    if (!broken.isEmpty()) {
      return Finding.violation(contact, broken);
    }
    return missing.isEmpty()
        ? Finding.ok(contact)
        : Finding.undeterminable(contact, List.copyOf(missing));
  }

  private List<Clause> inForce(String country, int day) {
    return byCountry.getOrDefault(country, List.of()).stream()
        .filter(clause -> clause.inForce(day))
        .toList();
  }
}
