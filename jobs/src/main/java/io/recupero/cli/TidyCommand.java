package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.lake.Lake;
import io.recupero.lake.LakeLock;
import io.recupero.lake.Sessions;
import io.recupero.lake.Tidy;
import io.recupero.publish.ServingFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps a lake small. */
@Command(name = "tidy")
final class TidyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--keep", paramLabel = "NUMBER", defaultValue = "30", descriptionKey = "keep")
  private int keep;

  @Override
  public Integer call() {
    if (keep < 1) {
      throw new InvalidConfigException(
          "Cannot keep "
              + keep
              + " releases: the current one always stays. Give --keep 1 or more.");
    }
    Path folder = common.lake();
    ReleaseOf.current(folder);
    Log.in(folder);
    try (LakeLock lock = LakeLock.take(folder, spec.qualifiedName())) {
      Tidy.Done done = Tidy.run(Lake.open(Sessions.open(), folder), keep);
      // The files that it reads may be among those put together.
      ServingFile.write(folder, ReleaseOf.current(folder));
      common.say(
          "tidy.done",
          done.forgotten().size(),
          done.compacted().size(),
          done.files(),
          done.bytes() / 1e6);
    }
    return 0;
  }
}
