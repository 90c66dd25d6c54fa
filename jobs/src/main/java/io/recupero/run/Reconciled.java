package io.recupero.run;

import io.recupero.lake.Lake;
import io.recupero.plan.QualityLimitException;
import io.recupero.summary.BridgeJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Stops a run whose totals do not add up to the cent: a wrong figure is worse than none. */
final class Reconciled {

  private static final int MOST = 5;

  private Reconciled() {}

  /**
   * Looks at the differences that the run has written.
   *
   * @throws QualityLimitException where one is not zero; nothing is published
   */
  static void orFail(Lake lake, Map<String, Long> versions) {
    List<String> problems = new ArrayList<>();
    for (Row row : differences(lake, versions, BridgeJob.BRIDGE)) {
      problems.add(
          "Cannot publish: the month's bridge to %s does not add up in %s, portfolio %s: %s is left over."
              .formatted(
                  row.getAs("as_of"),
                  row.getAs("currency"),
                  row.getAs("portfolio_id"),
                  row.getAs("difference")));
    }
    for (Row row : differences(lake, versions, BridgeJob.RECONCILIATION)) {
      problems.add(
          "Cannot publish: the ledger and the marts differ by %s %s in what is %s at %s."
              .formatted(
                  row.getAs("difference"),
                  row.getAs("currency"),
                  row.getAs("what"),
                  row.getAs("as_of")));
    }
    if (!problems.isEmpty()) {
      problems.add(
          "This is a fault of the program, or a damaged table: run again with --force, and if it"
              + " stays report it with the input. The last good release stays.");
      throw new QualityLimitException(problems);
    }
  }

  private static List<Row> differences(Lake lake, Map<String, Long> versions, String table) {
    return lake.read(table, versions.get(table))
        .where("difference <> 0")
        .limit(MOST)
        .collectAsList();
  }
}
