package io.recupero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecuperoTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "run",
        "backfill",
        "plan",
        "check",
        "kpi",
        "explain",
        "sql",
        "report",
        "dashboards",
        "dashboards up",
        "dashboards down",
        "dashboards status",
        "segments",
        "segments compare",
        "segments learn",
        "segments training",
        "generate"
      })
  void everyCommandHasHelpInBothLanguages(String command) {
    List<String> words = List.of(command.split(" "));
    assertThat(run(with(words, "--help", "--lang", "es"))).isZero();
    assertThat(out.toString()).contains("Uso: recupero " + command, "Opciones:", "Carpeta");
    out.getBuffer().setLength(0);

    assertThat(run(with(words, "--help", "--lang", "en"))).isZero();
    assertThat(out.toString())
        .contains("Usage: recupero " + command, "Options:", "Folder")
        .doesNotContain("${");
  }

  @Test
  void aMisspeltCommandIsWrongNotFailed() {
    assertThat(run("rum")).isEqualTo(2);
    assertThat(err.toString()).contains("rum").contains("recupero run");
  }

  @Test
  void aWrongConfigurationTellsEverythingAndShowsNoStackTrace() throws Exception {
    Path config = Files.writeString(folder.resolve("recupero.yaml"), "timezone: X\nlak: y\n");

    assertThat(run("run", "--config", config.toString(), "--input", ".")).isEqualTo(2);
    assertThat(err.toString())
        .contains("recupero.yaml:1: Invalid timezone X")
        .contains("recupero.yaml:2: Invalid setting lak")
        .doesNotContain("\tat ");
  }

  @Test
  void aFailureIsOneJsonObjectForProgramsAndHasItsStackTraceWhereAskedFor() throws Exception {
    String config = folder.resolve("none.yaml").toString();

    assertThat(run("run", "--config", config, "--log-format", "json")).isEqualTo(2);
    var failure = new com.fasterxml.jackson.databind.ObjectMapper().readTree(err.toString());
    assertThat(failure.get("event").asText()).isEqualTo("command_failed");
    assertThat(failure.get("cause").asText()).contains("Cannot read the settings");
    assertThat(failure.get("remedy").asText()).contains("Correct the settings");

    assertThat(run("run", "--config", config, "--debug")).isEqualTo(2);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void aBackfillStopsAtTheFirstDateThatFailsAndSaysHowToGoOn() throws Exception {
    Path input = Files.createDirectories(folder.resolve("in/2026-02-28")).getParent();
    Files.writeString(input.resolve("2026-02-28/invoices.csv"), "invoice_id\n");
    Path config = folder.resolve("recupero.yaml");
    Files.writeString(config, "timezone: America/Santiago\ninput: in\nlake: lake\n");
    String[] command = {
      "backfill",
      "--lang",
      "en",
      "--from",
      "2026-01-31",
      "--to",
      "2026-02-28",
      "--config",
      config.toString()
    };

    assertThat(run(command)).isEqualTo(1);
    assertThat(err.toString())
        .contains("Stopped at 2026-01-31, after 0 of 2 dates", "it goes on from 2026-01-31")
        .contains("Cannot find any input here until 2026-01-31");
    assertThat(Files.readString(folder.resolve("lake/runs/run-000001.json")))
        .contains("\"status\" : \"failed\"", "\"job\" : \"intake\"");
  }

  @Test
  void figuresOfALakeWithoutReleaseAreAFailureWithARemedy() {
    assertThat(run("kpi", "--lake", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("./recupero run");
  }

  @Test
  void aReportThatCannotBeSentIsRefusedBeforeItIsMade() throws Exception {
    Path config = Files.writeString(folder.resolve("recupero.yaml"), "mail: {host: localhost}\n");

    assertThat(run("report", "--mail", "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("mail.from is missing", "mail.to is missing");
  }

  @Test
  void anUnknownFigureSuggestsTheNearest() {
    assertThat(run("explain", "delinquency_indx", "--lake", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean delinquency_index?");
  }

  @Test
  void csvIsPlainAndQuotedOnlyWhereItMustBe() {
    Format.CSV.print(table(), new PrintWriter(out), Messages.Lang.ES.locale());

    assertThat(out.toString()).isEqualTo("name,value\n\"Ana, \"\"la\"\"\",1234567.125\n,\n");
  }

  @Test
  void tablesAreWrittenAsTheLanguageWritesNumbers() {
    Format.TABLE.print(table(), new PrintWriter(out, true), Messages.Lang.ES.locale());

    assertThat(out.toString().lines())
        .containsExactly(
            "name              value", "─────────  ────────────", "Ana, \"la\"  1.234.567,12", "");
  }

  @Test
  void jsonKeepsNumbersExact() {
    Format.JSON.print(table(), new PrintWriter(out, true), Messages.Lang.ES.locale());

    assertThat(out.toString()).contains("\"value\" : 1234567.125").contains("\"value\" : null");
  }

  private static Table table() {
    return new Table(
        List.of("name", "value"),
        List.of(
            List.of("Ana, \"la\"", new java.math.BigDecimal("1234567.125")),
            java.util.Arrays.asList(null, null)));
  }

  private static String[] with(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private int run(String... args) {
    return Recupero.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
