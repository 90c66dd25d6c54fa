package io.recupero.compliance;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which rules a debtor is under on a day.
 *
 * @param clauses those that hold for certain, whatever is missing
 * @param missing what has to be known before a contact can be called ok
 */
record Standing(List<Clause> clauses, Set<MissingFact> missing) {

  private static final String CONSUMER = "consumer";
  private static final String BUSINESS = "business";

  /**
   * Finds them.
   *
   * @param inForce the rules of the debtor's country on that day
   * @param businessesToo whether rules for consumers are applied to businesses
   */
  static Standing of(Debtor debtor, List<Clause> inForce, boolean businessesToo) {
    Set<MissingFact> missing = EnumSet.noneOf(MissingFact.class);
    List<Clause> here = here(debtor, inForce, missing);
    String person = debtor.personType();
    List<Clause> certain;
    if (CONSUMER.equals(person) || BUSINESS.equals(person)) {
      certain = here.stream().filter(clause -> isFor(clause, person, businessesToo)).toList();
      if (certain.isEmpty() && person.equals(BUSINESS) && !businessesToo) {
        missing.add(MissingFact.BUSINESS_DEBTOR);
      } else if (certain.isEmpty() && !here.isEmpty()) {
        missing.add(MissingFact.RULE);
      }
    } else {
      missing.add(MissingFact.PERSON_TYPE);
      certain =
          here.stream()
              .filter(clause -> isFor(clause, CONSUMER, businessesToo))
              .filter(clause -> isFor(clause, BUSINESS, businessesToo))
              .toList();
    }
    return new Standing(certain, missing);
  }

  /** The rules of the country that hold in the debtor's region for certain. */
  private static List<Clause> here(Debtor debtor, List<Clause> inForce, Set<MissingFact> missing) {
    List<Clause> here = inForce.stream().filter(clause -> clause.isFor(debtor.region())).toList();
    if (debtor.country() == null) {
      missing.add(MissingFact.COUNTRY);
    } else if (debtor.region() == null && inForce.stream().anyMatch(Clause::regional)) {
      missing.add(MissingFact.REGION);
    } else if (here.isEmpty()) {
      missing.add(MissingFact.RULE);
    }
    return here;
  }

  private static boolean isFor(Clause clause, String person, boolean businessesToo) {
    return clause.persons().contains(person)
        || businessesToo && person.equals(BUSINESS) && clause.persons().contains(CONSUMER);
  }
}
