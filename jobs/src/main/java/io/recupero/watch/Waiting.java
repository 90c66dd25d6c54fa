package io.recupero.watch;

import io.recupero.contract.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Records that have waited too long for a record that they name. */
final class Waiting {

  private Waiting() {}

  /** Returns one finding for each input of which records wait. */
  static List<Check> look(CheckRules.Rule rule, List<InQuarantine> quarantine) {
    Map<String, InQuarantine> waiting = new TreeMap<>();
    BinaryOperator<InQuarantine> both =
        (one, other) ->
            new InQuarantine(
                one.input(),
                one.state(),
                true,
                one.records() + other.records(),
                one.since().isBefore(other.since()) ? one.since() : other.since(),
                one.late() + other.late());
    quarantine.stream()
        .filter(it -> it.state() == InQuarantine.State.WAITING)
        .forEach(it -> waiting.merge(it.input(), it, both));
    return waiting.values().stream().map(it -> check(rule, it)).toList();
  }

  private static Check check(CheckRules.Rule rule, InQuarantine it) {
    String days = rule.limit("days").toPlainString();
    return new Check(
        CheckRules.WAITING,
        Slice.of(Map.of("table", it.input())),
        rule.severity(),
        it.late() == 0,
        BigDecimal.valueOf(it.late()),
        BigDecimal.ZERO,
        new Text(
            "%s: %d registros esperan por otro que nombran, el más antiguo desde el %s; %d llevan más de %s días. Entregue lo que nombran o corríjalos."
                .formatted(it.input(), it.records(), it.since(), it.late(), days),
            "%s: %d records wait for another that they name, the oldest since %s; %d for more than %s days. Deliver what they name, or correct them."
                .formatted(it.input(), it.records(), it.since(), it.late(), days)));
  }
}
