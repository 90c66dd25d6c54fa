package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {

  @TempDir Path lake;

  @Test
  void aReleaseComesBackAsItWasPublished() {
    Release release = release(1);
    Releases.of(lake).publish(release);

    assertThat(Releases.of(lake).current()).contains(release);
  }

  @Test
  void theGreatestNumberIsCurrentEvenPastNine() {
    Releases releases = Releases.of(lake);
    assertThat(releases.current()).isEmpty();
    for (long number = 1; number <= 11; number++) {
      releases.publish(release(number));
    }

    assertThat(releases.current().orElseThrow().number()).isEqualTo(11);
    assertThat(releases.all()).extracting(Release::number).startsWith(1L, 2L).endsWith(10L, 11L);
  }

  @Test
  void aHalfWrittenReleaseIsNotSeen() throws IOException {
    Releases.of(lake).publish(release(1));
    Files.writeString(lake.resolve("releases/next123.tmp"), "{");

    assertThat(Releases.of(lake).current().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void aNumberIsNeverPublishedTwice() {
    Releases.of(lake).publish(release(1));

    assertThatThrownBy(() -> Releases.of(lake).publish(release(1)))
        .hasMessageContaining("the next one is 2");
  }

  private static Release release(long number) {
    return new Release(
        number,
        "run-7",
        LocalDate.of(2026, 3, 31),
        Instant.parse("2026-04-01T09:00:00.123456Z"),
        java.util.List.of("batch-1"),
        Map.of("gold.balance_daily", 3L),
        Map.of("invoices.read", 30L),
        Map.of("timezone", "America/Santiago"),
        Map.of("balance", new Release.Stamp(Map.of("ledger.events", 2L), Map.of(), Map.of())));
  }
}
