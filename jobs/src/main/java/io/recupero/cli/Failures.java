package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.contract.InvalidContractsException;
import io.recupero.kpi.InvalidQueryException;
import io.recupero.lake.LakeHeldException;
import io.recupero.plan.InvalidPlanException;
import io.recupero.plan.QualityLimitException;
import io.recupero.rules.InvalidRulesException;
import io.recupero.source.SourceException;
import io.recupero.watch.Failure;
import io.recupero.watch.JsonLog;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one clear message and an exit code. */
final class Failures implements IExecutionExceptionHandler {

  private static final List<Class<? extends Exception>> WRONG_INPUT =
      List.of(
          InvalidConfigException.class,
          InvalidContractsException.class,
          InvalidPlanException.class,
          InvalidQueryException.class,
          InvalidRulesException.class);

  static final int FAILED = 1;
  static final int WRONG = 2;
  static final int BAD_DATA = 3;
  static final int LAKE_HELD = 4;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    // The options are those of the subcommand that failed; `parsed` knows those before its name.
    ParseResult options = command.getParseResult();
    if (options.hasMatchedOption("--debug")) {
      e.printStackTrace(err);
    } else if (options.matchedOptionValue("--log-format", Telling.LogFormat.TEXT)
        == Telling.LogFormat.JSON) {
      new JsonLog(err, Clock.systemUTC()).failed(Failure.of(e, null));
    } else {
      err.println(message(e));
    }
    err.flush();
    return exitCode(e);
  }

  static int exitCode(Exception e) {
    if (WRONG_INPUT.stream().anyMatch(type -> type.isInstance(e))) {
      return WRONG;
    }
    if (e instanceof QualityLimitException) {
      return BAD_DATA;
    }
    if (e instanceof SourceException source
        && source.problems().stream().anyMatch(problem -> problem.file().endsWith(".yaml"))) {
      return WRONG;
    }
    return e instanceof LakeHeldException ? LAKE_HELD : FAILED;
  }

  /** Spark's own messages go on for pages; their first paragraph says what happened. */
  private static String message(Exception e) {
    if (e.getClass().getName().startsWith("io.recupero.") || e.getMessage() == null) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
    String first = e.getMessage().lines().findFirst().orElse("");
    return e instanceof RuntimeException || first.startsWith("[") || first.startsWith("Cannot")
        ? first
        : e.getClass().getSimpleName() + ": " + first;
  }
}
