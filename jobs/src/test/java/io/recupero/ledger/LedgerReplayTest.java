package io.recupero.ledger;

import io.recupero.Golden;
import io.recupero.WholeTables;
import io.recupero.contract.Contracts;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LedgerReplayTest {

  private final WholeTables tables = new WholeTables();

  @Test
  @DisplayName("the same records in another order, some of them twice, give the same ledger")
  void replay() {
    Path input = Golden.folder().resolve("input");
    SilverFrames silver = PlainSilver.of(input, "America/Santiago");
    SilverFrames replayed =
        new SilverFrames(
            shuffled(silver.invoices().unionAll(silver.invoices().limit(7))),
            silver.payments().map(frame -> shuffled(frame.unionAll(frame.limit(5)))),
            silver.applications().map(LedgerReplayTest::shuffled),
            Optional.empty(),
            silver.adjustments().map(LedgerReplayTest::shuffled),
            silver.refunds());
    tables.assertDataFrameEquals(ordered(ledger(silver)), ordered(ledger(replayed)));
  }

  private static Dataset<Row> ledger(SilverFrames silver) {
    return Ledger.events(
        silver, Contracts.load().contract("ledger.events").schema(), /* allocate= */ true);
  }

  private static Dataset<Row> shuffled(Dataset<Row> frame) {
    return frame.orderBy(functions.rand(11));
  }

  private static Dataset<Row> ordered(Dataset<Row> ledger) {
    return ledger.orderBy("event_id").coalesce(1);
  }
}
