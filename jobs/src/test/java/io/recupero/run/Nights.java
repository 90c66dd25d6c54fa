package io.recupero.run;

import io.recupero.TestSpark;
import io.recupero.config.Settings;
import io.recupero.config.SettingsReader;
import io.recupero.contract.Contracts;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.plan.Progress;
import io.recupero.plan.RunLog;
import io.recupero.source.Batch;
import io.recupero.watch.Manifest;
import io.recupero.watch.RunWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Nights of a small lake up to judging: files in, silver and quarantine out, no figures. */
final class Nights {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  private final Path folder;
  private final Settings settings;
  private final Lake lake;
  private final List<Batch> batches = new ArrayList<>();
  private final Map<String, Long> versions = new HashMap<>();

  /** Begins a lake in a folder; {@code options} are settings beside the time zone. */
  Nights(Path folder, Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(options);
    all.put("timezone", "America/Santiago");
    all.put("lake", folder.resolve("lake").toString());
    all.put("input", folder.resolve("input").toString());
    this.folder = folder;
    this.settings = SettingsReader.read(Optional.empty(), Map.of(), all);
    this.lake = Lake.open(TestSpark.session(), settings.lake());
  }

  Nights(Path folder) {
    this(folder, Map.of());
  }

  /** Puts a file where the input is, in place of the one of that name. */
  Nights file(String name, String header, String... rows) {
    try {
      Files.createDirectories(folder.resolve("input").resolve(name).getParent());
      Files.writeString(
          folder.resolve("input").resolve(name),
          header + "\n" + String.join("\n", rows) + (rows.length == 0 ? "" : "\n"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Nights without(String name) {
    try {
      Files.delete(folder.resolve("input").resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes in what is new and judges it.
   *
   * @param time when it came, such as 2026-03-01T09:00:00Z
   */
  Night night(String time) {
    String id = "run-%06d".formatted(batches.size() + 1);
    Instant at = Instant.parse(time);
    Night night = new Night(new TreeMap<>(), new ArrayList<>());
    RunWatch watch =
        new RunWatch(settings, new RunLog(id, AS_OF, at), "run", Progress.NONE, night::told);
    Arrivals arrivals = new Arrivals(settings);
    Batch batch = arrivals.take(id, at, AS_OF, Set.of(), Progress.NONE);
    if (!batch.isEmpty()) {
      Silver silver = new Silver(lake, arrivals, Contracts.load(), settings, watch);
      watch.over(
          () -> {
            night.counts.putAll(silver.add(batch, List.copyOf(batches), versions));
            return new Release(1, id, AS_OF, at, null, versions, null, null, null);
          });
      batches.add(batch);
    }
    return night;
  }

  /** What a night counted, and the files that rows were left out of. */
  record Night(Map<String, Long> counts, List<String> repeated) {

    private void told(Manifest manifest) {
      manifest
          .leftOut()
          .forEach(it -> repeated.add(it.file() + " " + it.rows() + " " + it.sameFile()));
    }

    /** Returns read, accepted, quarantined, identical, waiting, left and released of an input. */
    String of(String input) {
      return String.join(
          " ",
          List.of("read", "accepted", "quarantined", "identical", "waiting", "left", "released")
              .stream()
              .map(name -> String.valueOf(counts.get(input + "." + name)))
              .toList());
    }
  }

  /** Returns whether the files are read otherwise by now, with the settings of a run. */
  boolean isReadOtherwise(Map<String, String> options, String source) {
    Settings now = settings(options, source);
    return silver(now).isReadOtherwise(release(silver(settings).stamped(Map.of(), batches)));
  }

  /** Judges all batches again, as read by a mapping. */
  void again(Map<String, String> options, String source) {
    silver(settings(options, source)).again(batches, versions);
  }

  private Settings settings(Map<String, String> options, String source) {
    Map<String, String> all = new TreeMap<>(options);
    all.put("timezone", "America/Santiago");
    all.put("lake", folder.resolve("lake").toString());
    all.put("input", folder.resolve("input").toString());
    all.put("source", folder.resolve(source).toString());
    return SettingsReader.read(Optional.empty(), Map.of(), all);
  }

  private Silver silver(Settings by) {
    RunLog run = new RunLog("run-000009", AS_OF, Instant.parse("2026-04-09T00:00:00Z"));
    RunWatch watch = new RunWatch(by, run, "run", Progress.NONE, told -> {});
    return new Silver(lake, new Arrivals(by), Contracts.load(), by, watch);
  }

  private Release release(Map<String, String> stamped) {
    List<String> ids = batches.stream().map(Batch::id).toList();
    return new Release(
        1, "run-000001", AS_OF, Instant.EPOCH, ids, versions, Map.of(), stamped, Map.of());
  }

  Dataset<Row> read(String table) {
    return lake.read(table, versions.get(table));
  }

  /** Returns an expression over a table's rows, sorted. */
  List<String> seen(String table, String sql) {
    return read(table).selectExpr("CAST(" + sql + " AS STRING)").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
