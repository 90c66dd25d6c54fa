package io.recupero.compliance;

import java.util.List;
import java.util.Locale;

/**
 * What the rules say of one outbound contact.
 *
 * @param contactId the contact
 * @param verdict what it gets
 * @param rules the ids of the rules it broke, by id; empty unless it is a violation
 * @param presumed whether it broke none but rules whose breaking is only presumed a violation
 * @param missing what would have to be known; empty unless it is undeterminable
 */
public record Finding(
    String contactId,
    Verdict verdict,
    List<String> rules,
    boolean presumed,
    List<MissingFact> missing) {

  /** What a contact gets. */
  public enum Verdict {
    /** Every rule was kept, or no rule restricts such a contact in a place that has rules. */
    OK,
    /** A rule was broken for certain, whatever else is not known. */
    VIOLATION,
    /** Something would have to be known; never counted as ok. */
    UNDETERMINABLE;

    /** Returns the name that tables hold, such as {@code ok}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(Contact contact) {
    return new Finding(contact.id(), Verdict.OK, List.of(), false, List.of());
  }

  static Finding violation(Contact contact, List<Clause> broken) {
    return new Finding(
        contact.id(),
        Verdict.VIOLATION,
        broken.stream().map(Clause::id).distinct().sorted().toList(),
        broken.stream().allMatch(Clause::presumed),
        List.of());
  }

  static Finding undeterminable(Contact contact, List<MissingFact> missing) {
    return new Finding(contact.id(), Verdict.UNDETERMINABLE, List.of(), false, missing);
  }
}
