package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.SettingsReader;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.run.Backfill.Every;
import io.recupero.source.InputFolder;
import io.recupero.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {

  private static final Instant NOW = Instant.parse("2026-04-01T09:00:00Z");
  private static final LocalDate FROM = LocalDate.of(2025, 12, 31);
  private static final LocalDate TO = LocalDate.of(2026, 3, 15);

  @TempDir Path folder;

  @Test
  void theDatesAreThoseOfTheRangeWithoutRelease() throws IOException {
    file("invoices.csv");
    assertThat(backfill().missing(FROM, TO, Every.MONTH_END))
        .containsExactly(FROM, LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 28));
    assertThat(backfill().missing(FROM, FROM.plusDays(15), Every.WEEK))
        .containsExactly(FROM, FROM.plusDays(7), FROM.plusDays(14));
    assertThat(backfill().missing(FROM, FROM.plusDays(2), Every.DAY)).hasSize(3);

    publish(1, FROM, NOW);
    assertThat(backfill().missing(FROM, TO, Every.MONTH_END))
        .as("what was done is not done again")
        .containsExactly(LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 28));
    publish(2, LocalDate.of(2026, 1, 31), NOW);
    assertThat(backfill().missing(FROM, TO, Every.MONTH_END)).hasSize(1);
    Releases.of(folder.resolve("lake"))
        .publish(release(3, FROM, NOW).with(new Release.History(1L, List.of())));
    assertThat(backfill().missing(FROM, TO, Every.MONTH_END))
        .as("a date that was rolled back has no release")
        .hasSize(2);
    assertThatThrownBy(() -> backfill().missing(TO, FROM, Every.DAY))
        .isInstanceOf(InvalidConfigException.class);
    assertThatThrownBy(() -> backfill().missing(TO, TO, Every.MONTH_END))
        .hasMessageContaining("the range has no month end");
  }

  @Test
  void filesOfADayArriveAtItsEndAndOthersNow() throws IOException {
    file("invoices.csv");
    assertThat(backfill().arrival(FROM)).isEqualTo(NOW);

    file("2025-12-31/invoices.csv");
    assertThat(backfill().arrival(FROM))
        .as("the last microsecond of the day in Santiago")
        .isEqualTo("2026-01-01T02:59:59.999999Z");
  }

  @Test
  void filesCannotComeBeforeWhatIsKnown() throws IOException {
    file("2025-12-31/invoices.csv");
    publish(1, TO, NOW);

    assertThatThrownBy(() -> backfill().missing(FROM, FROM, Every.DAY))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("Cannot backfill 2025-12-31: release 1 of");
  }

  @Test
  void aRunTakesTheFoldersOfTheDaysUntilItsDate() throws IOException {
    file("2026-01-31/invoices.csv");
    file("2026-02-28/payments.csv");
    file("fx_rates.csv");
    Files.createDirectories(folder.resolve("input/2026-01-30"));

    assertThat(InputFolder.canonical(input(), LocalDate.of(2026, 2, 27)).offered())
        .extracting(offered -> input().relativize(offered.path()).toString())
        .containsExactly("fx_rates.csv", "2026-01-31/invoices.csv");
    assertThat(InputFolder.canonical(input(), LocalDate.of(2026, 2, 28)).offered()).hasSize(3);
    assertThat(InputFolder.canonical(input(), LocalDate.of(2026, 2, 28)).warnings()).isEmpty();

    Files.delete(input().resolve("fx_rates.csv"));
    assertThatThrownBy(() -> InputFolder.canonical(input(), FROM))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("until 2025-12-31")
        .hasMessageContaining("The first day is 2026-01-30");
  }

  private Backfill backfill() {
    Map<String, String> options =
        Map.of(
            "timezone", "America/Santiago",
            "lake", folder.resolve("lake").toString(),
            "input", input().toString());
    return new Backfill(SettingsReader.read(Optional.empty(), Map.of(), options), NOW);
  }

  private Path input() {
    return folder.resolve("input");
  }

  private void publish(long number, LocalDate asOf, Instant knownAt) {
    Releases.of(folder.resolve("lake")).publish(release(number, asOf, knownAt));
  }

  private static Release release(long number, LocalDate asOf, Instant knownAt) {
    return new Release(number, "run", asOf, knownAt, null, null, null, null, null);
  }

  private void file(String name) throws IOException {
    Path path = input().resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "x\n");
  }
}
