package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Settings;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a run takes its files from. */
final class Taking {

  @Option(names = "--input", paramLabel = "DIR", descriptionKey = "input")
  private String input;

  @Option(names = "--source", paramLabel = "MAPPING", descriptionKey = "source")
  private String source;

  /**
   * Returns the settings of a run.
   *
   * @throws InvalidConfigException where no input is named, or its folder is not there
   */
  Settings settings(Common common) {
    Map<String, String> options = new LinkedHashMap<>();
    if (input != null) {
      options.put("input", input);
    }
    if (source != null) {
      options.put("source", source);
    }
    Settings settings = common.settings(options);
    if (settings.input().isEmpty() && settings.source().isEmpty()) {
      throw new InvalidConfigException(
          "Cannot run: no input is named. Name the folder of the files with --input, a mapping with --source, or set"
              + " input in the settings.");
    }
    settings
        .input()
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            folder -> {
              throw new InvalidConfigException(
                  "Cannot run: there is no folder " + folder + ". Correct --input.");
            });
    return settings;
  }
}
