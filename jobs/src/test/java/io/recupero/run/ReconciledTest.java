package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.lake.Lake;
import io.recupero.plan.QualityLimitException;
import io.recupero.summary.BridgeJob;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciledTest {

  @TempDir Path folder;

  @Test
  void aRunThatIsOffByACentIsNotPublishedAndOneThatIsNotIs() {
    Lake lake = Lake.open(TestSpark.session(), folder);
    assertThatCode(() -> Reconciled.orFail(lake, written(lake, "0.00", "0.00")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Reconciled.orFail(lake, written(lake, "0.01", "0.00")))
        .isInstanceOf(QualityLimitException.class)
        .hasMessageContaining("the month's bridge to 2026-03-31 does not add up in CLP")
        .hasMessageContaining("0.01");
    assertThatThrownBy(() -> Reconciled.orFail(lake, written(lake, "0.00", "-0.01")))
        .isInstanceOf(QualityLimitException.class)
        .hasMessageContaining("the ledger and the marts differ by -0.01 CLP in what is open");
  }

  private static Map<String, Long> written(Lake lake, String bridge, String ledger) {
    String cell = "SELECT DATE'2026-03-31' AS as_of, 'CLP' AS currency, ";
    return Map.of(
        BridgeJob.BRIDGE,
        lake.overwrite(
                BridgeJob.BRIDGE,
                lake.spark().sql(cell + "'P1' AS portfolio_id, " + bridge + "BD AS difference"))
            .version(),
        BridgeJob.RECONCILIATION,
        lake.overwrite(
                BridgeJob.RECONCILIATION,
                lake.spark().sql(cell + "'open' AS what, " + ledger + "BD AS difference"))
            .version());
  }
}
