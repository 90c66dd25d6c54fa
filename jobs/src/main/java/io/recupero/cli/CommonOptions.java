package io.recupero.cli;

import io.recupero.cli.Messages.Lang;
import io.recupero.config.Settings;
import io.recupero.config.SettingsReader;
import io.recupero.plan.Progress;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has, whatever its results are, and what follows from them. */
class CommonOptions {

  private static final Path DEFAULT_CONFIG = Path.of("recupero.yaml");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", descriptionKey = "config")
  private Path config;

  @Option(names = "--lake", paramLabel = "DIR", descriptionKey = "lake")
  private Path lake;

  @Option(names = "--lang", paramLabel = "es|en", descriptionKey = "lang")
  private Lang lang;

  @Option(names = "--quiet", descriptionKey = "quiet")
  private boolean quiet;

  @Option(names = "--debug", descriptionKey = "debug")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  /** Returns the settings of the configuration, its variables, and the options given here. */
  final Settings settings(Map<String, String> options) {
    return SettingsReader.read(config(), System.getenv(), withLake(options));
  }

  final Settings settings() {
    return settings(Map.of());
  }

  /** Returns the lake's folder alone, for commands that need no other setting. */
  final Path lake() {
    return SettingsReader.readLake(config(), System.getenv(), withLake(Map.of()));
  }

  /** Tells whether a lake was named, by an option, a variable or a configuration. */
  final boolean namesLake() {
    String variable = System.getenv("RECUPERO_LAKE");
    return lake != null || config().isPresent() || (variable != null && !variable.isBlank());
  }

  /** Takes a configuration and a lake where none were given, as the demonstration does. */
  final void defaults(Path otherConfig, Path otherLake) {
    config = config == null ? otherConfig : config;
    lake = lake == null ? otherLake : lake;
  }

  final Messages messages() {
    return Messages.of(lang());
  }

  final Lang lang() {
    // The bundle was chosen before the options were parsed: --lang, a variable or the machine.
    return lang != null ? lang : Recupero.lang(spec);
  }

  final boolean debug() {
    return debug;
  }

  /** Returns where results go. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Returns where all other words go, so that results can be piped. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Says something that is not a result, unless it was asked to be quiet. */
  final void say(String key, Object... arguments) {
    if (!quiet) {
      err().println(messages().text(key, arguments));
      err().flush();
    }
  }

  final Progress progress() {
    return quiet ? Progress.NONE : new ConsoleProgress(err(), messages(), System.console() != null);
  }

  final Optional<Path> config() {
    if (config != null) {
      return Optional.of(config);
    }
    String variable = System.getenv("RECUPERO_CONFIG");
    if (variable != null && !variable.isBlank()) {
      return Optional.of(Path.of(variable));
    }
    return Files.exists(DEFAULT_CONFIG) ? Optional.of(DEFAULT_CONFIG) : Optional.empty();
  }

  private Map<String, String> withLake(Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(options);
    if (lake != null) {
      all.put("lake", lake.toString());
    }
    return all;
  }
}
