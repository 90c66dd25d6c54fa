package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.MailSettings;
import io.recupero.config.NamedCustomers;
import io.recupero.config.SettingsReader;
import io.recupero.lake.Release;
import io.recupero.report.Mailer;
import io.recupero.report.Report;
import io.recupero.report.ReportFiles;
import io.recupero.report.ReportFiles.Kind;
import io.recupero.report.ReportRequest;
import io.recupero.report.Reports;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the report of a release as a workbook and as a page, and sends them where asked. */
@Command(name = "report")
final class ReportCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--as-of", paramLabel = "DATE", descriptionKey = "report-as-of")
  private LocalDate asOf;

  @Option(names = "--out", paramLabel = "DIR", descriptionKey = "report-out")
  private Path out = Path.of(".");

  @Option(names = "--portfolio", paramLabel = "ID", descriptionKey = "report-portfolio")
  private String portfolio;

  @Option(names = "--segment", paramLabel = "NAME", descriptionKey = "report-segment")
  private String segment;

  @Option(names = "--currency", paramLabel = "CODE", descriptionKey = "report-currency")
  private String currency;

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "xlsx,html",
      descriptionKey = "report-format")
  private List<Kind> formats = List.of(Kind.XLSX, Kind.HTML);

  @Option(names = "--release", paramLabel = "NUMBER", descriptionKey = "release")
  private Long number;

  @Option(names = "--mail", descriptionKey = "report-mail")
  private boolean mail;

  @Override
  public Integer call() {
    // What would fail at the end had better fail at once.
    Optional<Mailer> mailer = mail ? Optional.of(mailer(System.getenv())) : Optional.empty();
    NamedCustomers names = SettingsReader.readNames(common.config(), System.getenv(), Map.of());
    Path folder = common.lake();
    Release release = ReleaseOf.numbered(folder, number);
    LocalDate date = asOf == null ? release.asOf() : asOf;
    refuseLater(date, release);
    Report report =
        Reports.of(
            ReleaseOf.open(folder, release),
            new ReportRequest(date, common.lang().locale(), portfolio, segment, currency, names));
    List<Path> files = ReportFiles.write(report, out, new LinkedHashSet<>(formats));
    files.forEach(common.out()::println);
    common.out().flush();
    mailer.ifPresent(
        it -> {
          it.send(report, files, Instant.now());
          common.say("report.mail.sent");
        });
    return 0;
  }

  private Mailer mailer(Map<String, String> environment) {
    MailSettings settings = SettingsReader.readMail(common.config(), environment, Map.of());
    String password = environment.get(MailSettings.PASSWORD);
    if (settings.user().isPresent() && (password == null || password.isEmpty())) {
      throw new InvalidConfigException(
          "Cannot send mail as "
              + settings.user().get()
              + ": there is no password. Set the variable "
              + MailSettings.PASSWORD
              + "; it is read from nowhere else.");
    }
    return new Mailer(settings, password);
  }

  private static void refuseLater(LocalDate date, Release release) {
    if (date.isAfter(release.asOf())) {
      throw new InvalidConfigException(
          "Cannot report on "
              + date
              + ": release "
              + release.number()
              + " is computed to "
              + release.asOf()
              + ". Ask for an earlier date, or run to a later one.");
    }
  }
}
