package io.recupero.segment;

import io.recupero.contract.Text;
import java.time.LocalDate;
import java.util.List;

/**
 * Customers that exclusive rules put in no segment (a gap) or in several (an overlap).
 *
 * @param segments the segments whose rules hold; none for a gap
 * @param customers how many customers, over all dates looked at
 * @param exampleCustomer one of them
 * @param exampleDay the as-of date of its features
 */
public record RuleFinding(
    List<String> segments, long customers, String exampleCustomer, LocalDate exampleDay) {

  /** Returns what is wrong, with the example, and how to mend it. */
  public Text message() {
    String who = exampleCustomer;
    if (segments.isEmpty()) {
      return new Text(
          "Un vacío: %d clientes en ningún segmento, como %s al %s. Amplíe una regla o agregue otra."
              .formatted(customers, who, exampleDay),
          "A gap: %d customers in no segment, such as %s on %s. Widen a rule or add one."
              .formatted(customers, who, exampleDay));
    }
    String all = String.join(", ", segments);
    return new Text(
        "Un traslape: %d clientes en %s a la vez, como %s al %s. Estreche una de esas reglas."
            .formatted(customers, all, who, exampleDay),
        "An overlap: %d customers in %s at once, such as %s on %s. Narrow one of these rules."
            .formatted(customers, all, who, exampleDay));
  }
}
