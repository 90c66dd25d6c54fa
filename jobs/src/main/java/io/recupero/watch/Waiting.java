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
            "%s: %s, el más antiguo desde el %s; con más de %s días: %d. Entregue lo que falta o corrija."
                .formatted(
                    it.input(),
                    it.records() == 1
                        ? "1 registro espera por otro que nombra"
                        : it.records() + " registros esperan por otros que nombran",
                    it.since(),
                    days,
                    it.late()),
            "%s: %s, the oldest since %s; %d for more than %s days. Deliver what is missing, or correct."
                .formatted(
                    it.input(),
                    it.records() == 1
                        ? "1 record waits for another that it names"
                        : it.records() + " records wait for others that they name",
                    it.since(),
                    it.late(),
                    days)));
  }
}
