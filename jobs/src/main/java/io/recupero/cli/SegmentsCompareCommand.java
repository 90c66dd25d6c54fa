package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Names;
import io.recupero.report.ComparisonReport;
import io.recupero.report.Report;
import io.recupero.report.ReportFiles;
import io.recupero.segment.ComparedTable;
import io.recupero.segment.Comparison;
import io.recupero.segment.RuleFinding;
import io.recupero.segment.SegmentRules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds two files of segment rules against each other on the customers of a release. */
@Command(name = "compare")
final class SegmentsCompareCommand implements Callable<Integer> {

  @Mixin private Common common;
  @Mixin private SegmentsAt at;

  @Parameters(index = "0", paramLabel = "A.yaml", descriptionKey = "segments-a")
  private Path a;

  @Parameters(index = "1", paramLabel = "B.yaml", descriptionKey = "segments-b")
  private Path b;

  @Option(names = "--table", paramLabel = "NAME", descriptionKey = "segments-table")
  private String only;

  @Option(names = "--out", paramLabel = "DIR", descriptionKey = "segments-out")
  private Path out;

  @Override
  public Integer call() throws IOException {
    // What would fail at the end had better fail at once.
    List<String> wanted = wanted();
    SegmentRules rulesOfA = SegmentRules.load(a);
    SegmentRules rulesOfB = SegmentRules.load(b);
    SegmentsAt.Opened opened = at.open(common.lake());
    Comparison comparison =
        Comparison.of(
            opened.inputs(), rulesOfA, rulesOfB, opened.date(), opened.known(), opened.zone());
    say(a, comparison.findingsOfA());
    say(b, comparison.findingsOfB());
    for (String id : wanted) {
      print(comparison.table(id), wanted.size() > 1);
    }
    if (out != null) {
      write(comparison, opened.known());
    }
    return 0;
  }

  private List<String> wanted() {
    List<String> all = Comparison.tableIds();
    if (only == null) {
      return common.format() == Format.TABLE ? all : List.of("migration");
    }
    if (!all.contains(only)) {
      throw new InvalidConfigException(
          "Invalid --table %s.%s There are %s."
              .formatted(only, Names.didYouMean(only, all), String.join(", ", all)));
    }
    return List.of(only);
  }

  private void say(Path file, List<RuleFinding> findings) {
    for (RuleFinding finding : findings) {
      common.say("segments.finding", file, finding.message().in(common.lang().code()));
    }
  }

  private void print(ComparedTable table, boolean withTitle) {
    if (withTitle) {
      common.out().println();
      common.out().println(common.messages().text("segments.table." + table.id()));
    }
    common.print(new Table(table.columns(), table.rows()));
  }

  private void write(Comparison comparison, Instant known) throws IOException {
    Files.createDirectories(out);
    for (ComparedTable table : comparison.tables()) {
      Path file = out.resolve(table.id() + ".csv");
      try (PrintWriter csv =
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        Csv.print(new Table(table.columns(), table.rows()), csv);
      }
    }
    Report report =
        ComparisonReport.of(
            comparison,
            a.getFileName().toString(),
            b.getFileName().toString(),
            known,
            common.lang().locale());
    ReportFiles.write(report, out, List.of(ReportFiles.Kind.HTML));
    common.say("segments.written", out);
  }
}
