package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.segment.AsOf;
import io.recupero.segment.CustomerFeatures;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.Outcomes;
import io.recupero.segment.TrainingTable;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes features at closes of months beside what came after them, to train models on. */
@Command(name = "training")
final class SegmentsTrainingCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(
      names = "--from",
      paramLabel = "YYYY-MM",
      required = true,
      descriptionKey = "segments-from")
  private YearMonth from;

  @Option(names = "--to", paramLabel = "YYYY-MM", required = true, descriptionKey = "segments-to")
  private YearMonth to;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      descriptionKey = "segments-training-out")
  private Path out;

  @Option(names = "--release", paramLabel = "NUMBER", descriptionKey = "release")
  private Long number;

  @Override
  public Integer call() {
    Path folder = common.lake();
    Release release = ReleaseOf.numbered(folder, number);
    if (to.isBefore(from)) {
      throw new InvalidConfigException(
          "Invalid --to %s: it is before --from %s. Correct one of them.".formatted(to, from));
    }
    SegmentsAt.refuseLater(to.atEndOfMonth(), release);
    ReleasedLake lake = ReleaseOf.open(folder, release);
    FeatureInputs inputs = FeatureInputs.of(lake);
    ZoneId zone = ZoneId.of(release.settings().get("timezone"));
    List<AsOf> closes =
        Stream.iterate(from, month -> !month.isAfter(to), month -> month.plusMonths(1))
            .map(month -> AsOf.closeOf(month.atEndOfMonth(), zone))
            .toList();
    Dataset<Row> features =
        CustomerFeatures.at(closes, zone).of(inputs).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> outcomes =
        Outcomes.after(closes, release.asOf(), release.knownAt())
            .of(inputs)
            .persist(StorageLevel.MEMORY_AND_DISK());
    write(TrainingTable.customers(features, outcomes), "customers");
    write(TrainingTable.documents(features, outcomes), "documents");
    return 0;
  }

  private void write(Dataset<Row> table, String name) {
    Path folder = out.resolve(name).toAbsolutePath();
    table.write().mode("overwrite").parquet(folder.toUri().toString());
    common.out().println(folder);
    common.out().flush();
  }
}
