package io.recupero.cli;

import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what has been published, newest last. */
@Command(name = "releases")
final class ReleasesCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Override
  public Integer call() {
    List<List<Object>> rows = new ArrayList<>();
    for (Release release : Releases.of(common.lake()).all()) {
      List<Object> row = new ArrayList<>();
      row.add(release.number());
      row.add(release.runId());
      row.add(release.asOf());
      row.add(release.knownAt());
      row.add(release.batches().size());
      row.add(release.tables().size());
      row.add(release.history().sameAs());
      rows.add(row);
    }
    common.print(
        new Table(
            List.of("release", "run", "as_of", "known_at", "batches", "tables", "same_as"), rows));
    return 0;
  }
}
