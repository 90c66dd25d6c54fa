package io.recupero.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * data-samples/ is what the generator writes. After a deliberate change of the generator, {@code
 * mvn test -Dtest=DataSamplesTest -Dsamples.rewrite=true} writes it anew.
 */
class DataSamplesTest {

  private static final Path SAMPLES = Path.of("data-samples");
  private static final String BEGIN = "<!-- counts: written by DataSamplesTest -->\n";
  private static final String END = "<!-- end of counts -->\n";

  @TempDir Path folder;

  @Test
  void samples_and_their_counts_are_what_the_generator_writes() throws IOException {
    GeneratorReport report = Generator.generate(GeneratorSettings.sample(folder.toString()));
    String readme = Files.readString(SAMPLES.resolve("README.md"));
    if (Boolean.getBoolean("samples.rewrite")) {
      Generator.generate(GeneratorSettings.sample(SAMPLES.resolve("raw").toString()));
      String before = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
      readme = before + counts(report) + readme.substring(readme.indexOf(END));
      Files.writeString(SAMPLES.resolve("README.md"), readme);
    }

    Map<String, String> written = GeneratorTest.contents(folder);
    Map<String, String> kept = GeneratorTest.contents(SAMPLES.resolve("raw"));
    assertThat(kept.keySet()).isEqualTo(written.keySet());
    written.forEach((name, text) -> assertThat(kept.get(name).equals(text)).as(name).isTrue());
    assertThat(readme).contains(BEGIN + counts(report) + END);
  }

  @Test
  void every_awkward_case_and_every_flaw_is_there_and_files_stay_small() throws IOException {
    GeneratorReport report = Generator.generate(GeneratorSettings.sample(folder.toString()));

    assertThat(report.cases()).allSatisfy((id, count) -> assertThat(count).as(id).isPositive());
    assertThat(report.flaws()).allSatisfy((id, count) -> assertThat(count).as(id).isPositive());
    long rows = report.rows().values().stream().mapToLong(Long::longValue).sum();
    long faulty = report.flaws().values().stream().mapToLong(Long::longValue).sum();
    assertThat((double) faulty / rows).isLessThan(0.02);
    for (String table : report.rows().keySet()) {
      assertThat(Files.size(folder.resolve(table + ".csv"))).as(table).isLessThan(1 << 20);
    }
  }

  @Test
  void flaws_break_the_rules_they_are_named_for_and_no_other() throws SQLException {
    Generator.generate(GeneratorSettings.sample(folder.toString()));

    assertThat(new RuleBook("2026-03-31").broken(folder).keySet())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "invoices has unique keys",
                "payments has unique keys",
                "invoices.customer_id is known",
                "payments.customer_id is known",
                "payment_applications.invoice_id is known",
                "adjustments.invoice_id is known",
                "invoices has amounts above zero with the currency's decimals",
                "payments has amounts above zero with the currency's decimals",
                "invoices.issue_date is a day of the history",
                "payments.paid_on is a day of the history",
                "due not before issue",
                "known currency",
                "applications within the payment"));
  }

  private static String counts(GeneratorReport report) {
    StringBuilder text = new StringBuilder("\n| archivo / file | filas / rows |\n|---|---|\n");
    for (Table table : Table.values()) {
      text.append(
          String.format("| %s | %d |%n", table.fileName(), report.rows().get(table.fileName())));
    }
    text.append("\n| caso / case | es | en | n |\n|---|---|---|---|\n");
    for (Case kind : Case.values()) {
      text.append(row(kind.id(), kind.es, kind.en, report.cases()));
    }
    text.append("\n| defecto / flaw | es | en | n |\n|---|---|---|---|\n");
    for (Flaw flaw : Flaw.values()) {
      text.append(row(flaw.id(), flaw.es, flaw.en, report.flaws()));
    }
    return text.append("\n").toString();
  }

  private static String row(String id, String es, String en, Map<String, Long> counts) {
    return String.format("| %s | %s | %s | %d |%n", id, es, en, counts.get(id));
  }
}
