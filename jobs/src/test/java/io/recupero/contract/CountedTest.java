package io.recupero.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountedTest {

  @Test
  void namesAreReadAsTheyAreWritten() {
    String name = Counted.QUARANTINED.of("invoices");

    assertThat(name).isEqualTo("invoices.quarantined");
    assertThat(Counted.QUARANTINED.input(name)).contains("invoices");
    assertThat(Counted.ACCEPTED.input(name)).isEmpty();
  }

  @Test
  void whatDidNotComeCountsNothing() {
    assertThat(Counted.READ.in(Map.of("payments.read", 3L), "payments")).isEqualTo(3);
    assertThat(Counted.READ.in(Map.of("payments.read", 3L), "invoices")).isZero();
  }
}
