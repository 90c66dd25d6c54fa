package io.recupero.cli;

import io.recupero.cli.Messages.Lang;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code recupero}. */
@Command(
    name = "recupero",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      BackfillCommand.class,
      PlanCommand.class,
      CheckCommand.class,
      KpiCommand.class,
      ExplainCommand.class,
      SqlCommand.class,
      ReportCommand.class,
      DashboardsCommand.class,
      RiskCommand.class,
      SegmentsCommand.class,
      NotebooksCommand.class,
      ReleasesCommand.class,
      RollbackCommand.class,
      TidyCommand.class,
      GenerateCommand.class
    })
public final class Recupero implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  private Recupero() {}

  /** Runs the command and ends this JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int code = run(args, out, err);
    out.flush();
    err.flush();
    // Spark's threads would keep the JVM alive; its shutdown hooks clear its temporary folders.
    System.exit(code);
  }

  /** Runs the command and returns its exit code. */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    Lang lang = Lang.of(args, System.getenv());
    return new CommandLine(new Recupero())
        .setResourceBundle(Messages.of(lang).bundle())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(new Failures())
        .execute(args);
  }

  /** Returns the language that a command's texts were loaded in. */
  static Lang lang(CommandSpec spec) {
    String code = spec.commandLine().getResourceBundle().getLocale().getLanguage();
    return code.equals("es") ? Lang.ES : Lang.EN;
  }

  /** Returns the folder that the program lies in, with its samples. */
  static Path home() {
    return Path.of(System.getProperty("recupero.home", "."));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), true);
  }
}
