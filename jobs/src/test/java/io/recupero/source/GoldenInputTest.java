package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import io.recupero.TestSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenInputTest {

  @TempDir Path lake;

  @Test
  void theWorkedExampleIsReadWholeAndWithoutComplaint() {
    var input = InputFolder.canonical(Golden.folder().resolve("input"));
    var batch = new Intake(lake).take("b1", Inbox.ARRIVED, null, input.offered());
    var tables = new SourceReader(TestSpark.session(), lake).read(batch);
    assertThat(input.warnings()).isEmpty();
    assertThat(tables.warnings()).isEmpty();
    assertThat(tables.frames()).hasSize(15);
    assertThat(tables.frames().get("invoices").count()).isEqualTo(30);
    assertThat(tables.frames().get("surveys").filter("_problem is not null").count()).isZero();
  }
}
