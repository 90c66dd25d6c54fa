package io.recupero.watch;

import io.recupero.contract.Counted;
import io.recupero.contract.Text;
import io.recupero.watch.Check.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The share of refused records of each input that came; judging itself stops past the limit. */
final class Refused {

  private static final int DECIMALS = 12;

  private Refused() {}

  /** Returns one finding for each input; {@code counts} is what judging counted. */
  static List<Check> look(Severity severity, Map<String, Long> counts, BigDecimal limit) {
    List<Check> checks = new ArrayList<>();
    new TreeMap<>(counts)
        .forEach(
            (name, accepted) ->
                Counted.ACCEPTED
                    .input(name)
                    .ifPresent(
                        input -> {
                          long refused = Counted.QUARANTINED.in(counts, input);
                          checks.add(check(severity, input, refused, accepted + refused, limit));
                        }));
    return checks;
  }

  private static Check check(
      Severity severity, String input, long refused, long judged, BigDecimal limit) {
    BigDecimal share =
        judged == 0
            ? BigDecimal.ZERO
            : BigDecimal.valueOf(refused)
                .divide(BigDecimal.valueOf(judged), DECIMALS, RoundingMode.HALF_UP);
    return new Check(
        CheckRules.QUARANTINED_SHARE,
        Slice.of(Map.of("table", input)),
        severity,
        share.compareTo(limit) <= 0,
        share,
        limit,
        new Text(
            "%s: %d de %d registros rechazados, una proporción de %s; se admite %s."
                .formatted(input, refused, judged, Said.es(share), Said.es(limit)),
            "%s: %d of %d records are refused, a share of %s; %s is allowed."
                .formatted(input, refused, judged, Said.en(share), Said.en(limit))));
  }
}
