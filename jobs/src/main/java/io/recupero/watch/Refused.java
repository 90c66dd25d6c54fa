package io.recupero.watch;

import io.recupero.config.Settings;
import io.recupero.contract.Counted;
import io.recupero.contract.Text;
import io.recupero.watch.Check.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The share of refused records of each input delivered; judging itself stops past the limit.
 * Records that only wait for others are not refused.
 */
final class Refused {

  private static final int DECIMALS = 12;

  private Refused() {}

  /** Returns one finding for each input; {@code counts} is what judging counted. */
  static List<Check> look(Severity severity, Map<String, Long> counts, Settings settings) {
    List<Check> checks = new ArrayList<>();
    new TreeMap<>(counts)
        .forEach(
            (name, delivered) ->
                Counted.READ
                    .input(name)
                    .ifPresent(
                        input ->
                            checks.add(
                                check(
                                    severity,
                                    input,
                                    Counted.refused(counts, input),
                                    delivered,
                                    settings.refusedAllowed(delivered)))));
    return checks;
  }

  private static Check check(
      Severity severity, String input, long refused, long delivered, long allowed) {
    return new Check(
        CheckRules.QUARANTINED_SHARE,
        Slice.of(Map.of("table", input)),
        severity,
        refused <= allowed,
        share(refused, delivered),
        share(Math.min(allowed, delivered), delivered),
        new Text(
            "%s: %d de %d registros entregados rechazados; se admiten %d."
                .formatted(input, refused, delivered, allowed),
            "%s: %d of %d records delivered are refused; %d are allowed."
                .formatted(input, refused, delivered, allowed)));
  }

  private static BigDecimal share(long part, long whole) {
    return whole == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(part)
            .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_UP);
  }
}
