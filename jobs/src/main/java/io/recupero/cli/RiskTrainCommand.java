package io.recupero.cli;

import io.recupero.lake.LakeLock;
import io.recupero.lake.Release;
import io.recupero.risk.RiskModel;
import io.recupero.risk.RiskModels;
import io.recupero.risk.Target;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains models of late payment, judges them out of time, and keeps what is offered. */
@Command(name = "train")
final class RiskTrainCommand implements Callable<Integer> {

  @Mixin private Common common;
  @Mixin private RiskOptions options;

  @Option(names = "--table", paramLabel = "NAME", descriptionKey = "risk-table")
  private String only;

  @Override
  public Integer call() {
    RiskTables.check(only);
    Path folder = common.lake();
    Release release = options.release(folder);
    try (LakeLock lock = LakeLock.take(folder, "risk train")) {
      RiskModels models = RiskModels.of(folder);
      RiskModel model = options.training(folder, release).train(models.next(), release.number());
      models.save(model);
      RiskTables.print(common, model.card().judgements(), only);
      common.say("risk.kept", model.card().number(), model.card().offered(Target.LATE));
    }
    return 0;
  }
}
