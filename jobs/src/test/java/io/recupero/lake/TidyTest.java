package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to a release, and forgetting those that nobody goes back to. */
class TidyTest {

  private static final String TABLE = "gold.balance_daily";

  @TempDir Path root;
  private Lake lake;
  private Releases releases;

  @BeforeEach
  void open() {
    lake = Lake.open(TestSpark.session(), root);
    releases = Releases.of(root);
  }

  @Test
  void whatOnlyForgottenReleasesReadIsDeletedAndNothingElse() {
    publish(LocalDate.of(2026, 3, 30), lake.overwrite(TABLE, rows("march, first")));
    publish(LocalDate.of(2026, 3, 31), lake.overwrite(TABLE, rows("march, reported")));
    publish(LocalDate.of(2026, 4, 1), lake.overwrite(TABLE, rows("april, first")));
    publish(LocalDate.of(2026, 4, 2), lake.overwrite(TABLE, rows("april, last")));
    // A run that broke left this.
    lake.overwrite(TABLE, rows("never published"));

    Tidy.Done done = Tidy.run(lake, 1);

    assertThat(done.forgotten()).containsExactly(1L, 3L);
    assertThat(done.files()).as("one file each, and what the broken run left").isEqualTo(3);
    assertThat(done.bytes()).isPositive();
    assertThat(releases.all()).extracting(Release::number).containsExactly(2L, 4L);
    assertThat(texts(releases.get(2))).containsExactly("march, reported");
    assertThat(texts(releases.get(4))).containsExactly("april, last");
    assertThatThrownBy(() -> releases.get(1)).hasMessageContaining("the lake keeps [2, 4]");
    assertThat(Tidy.run(lake, 1).files()).as("nothing is left to do").isZero();
  }

  @Test
  void smallFilesAreOneAndTheRowsAsTheyWere() {
    Lake.Written written = lake.append(TABLE, rows("0"));
    for (int night = 1; night <= 9; night++) {
      written = lake.append(TABLE, rows(Integer.toString(night)));
    }
    publish(LocalDate.of(2026, 3, 31), written);

    Tidy.Done done = Tidy.run(lake, 1);

    Release now = releases.current().orElseThrow();
    assertThat(done.compacted()).containsExactly(TABLE);
    assertThat(now.number()).isEqualTo(2);
    assertThat(now.asOf()).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(lake.files(TABLE, now.tables().get(TABLE))).hasSize(1);
    assertThat(texts(now)).hasSize(10).contains("0", "9");
    assertThat(now.stamps().get("job").written())
        .as("the job need not run again")
        .containsEntry(TABLE, now.tables().get(TABLE));
    assertThat(lake.added(TABLE, written.version(), now.tables().get(TABLE)).orElseThrow().count())
        .as("no row has come")
        .isZero();
  }

  @Test
  void anEarlierReleaseIsTheCurrentOneAgain() {
    Release first = publish(LocalDate.of(2026, 3, 31), lake.overwrite(TABLE, rows("good")));
    Release second = publish(LocalDate.of(2026, 4, 1), lake.overwrite(TABLE, rows("bad")));

    Release again = Rollback.run(releases, first.number());

    assertThat(releases.current()).contains(again);
    assertThat(again.number()).isEqualTo(3);
    assertThat(again.history().sameAs()).isEqualTo(first.number());
    assertThat(texts(again)).containsExactly("good");
    assertThat(Rollback.setAside(second, again))
        .as("its files count as never taken, and are kept")
        .containsExactly("run-2");
    assertThat(Recovery.run(lake)).as("the next run brings the table back").containsExactly(TABLE);
    assertThat(lake.read(TABLE).as(Encoders.STRING()).collectAsList()).containsExactly("good");
    assertThatThrownBy(() -> Rollback.run(releases, 3)).hasMessageContaining("is the current one");
    assertThatThrownBy(() -> Rollback.run(releases, 9)).hasMessageContaining("keeps [1, 2, 3]");
  }

  private Release publish(LocalDate asOf, Lake.Written written) {
    long number = releases.next();
    Map<String, Long> tables = Map.of(written.table(), written.version());
    Release release =
        new Release(
            number,
            "run-" + number,
            asOf,
            Instant.parse("2026-04-01T00:00:00Z"),
            number == 1 ? List.of("run-1") : List.of("run-1", "run-" + number),
            tables,
            null,
            null,
            Map.of("job", new Release.Stamp(Map.of(), tables, Map.of())));
    releases.publish(release);
    return release;
  }

  private static Dataset<Row> rows(String... texts) {
    return TestSpark.session()
        .createDataset(List.of(texts), Encoders.STRING())
        .toDF("text")
        .coalesce(1);
  }

  private List<String> texts(Release release) {
    return lake.read(TABLE, release.tables().get(TABLE)).as(Encoders.STRING()).collectAsList();
  }
}
