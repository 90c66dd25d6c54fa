package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionsTest {

  @Test
  void tablesAreForTheirOwnerUnlessTheProgramWasStartedForAGroup() {
    assertThat(Sessions.umask(null)).isEqualTo("077");
    assertThat(Sessions.umask("anything")).isEqualTo("077");
    assertThat(Sessions.umask("027")).isEqualTo("027");
    assertThat(Sessions.settings(2)).containsKey("spark.hadoop.fs.permissions.umask-mode");
  }

  @Test
  void aLaptopGetsAPartitionForEachCore() {
    assertThat(Sessions.settings(3, Map.of()))
        .containsEntry("spark.master", "local[3]")
        .containsEntry("spark.sql.shuffle.partitions", "3")
        .containsEntry("spark.driver.bindAddress", "127.0.0.1");
  }

  @Test
  void aClusterKeepsItsOwnMasterAddressesAndPartitions() {
    assertThat(Sessions.settings(3, Map.of("spark.master", "spark://there:7077")))
        .containsEntry("spark.sql.session.timeZone", "UTC")
        .doesNotContainKeys(
            "spark.master",
            "spark.sql.shuffle.partitions",
            "spark.databricks.delta.snapshotPartitions",
            "spark.driver.host",
            "spark.driver.bindAddress");
  }

  @Test
  void whatSparkSubmitWasGivenStandsBeforeOurSettings() {
    assertThat(Sessions.settings(3, Map.of("spark.ui.enabled", "true")))
        .doesNotContainKey("spark.ui.enabled")
        .containsEntry("spark.master", "local[3]");
  }
}
