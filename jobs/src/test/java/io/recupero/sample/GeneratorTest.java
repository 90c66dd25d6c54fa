package io.recupero.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {

  @TempDir Path folder;

  @Test
  void same_seed_gives_the_same_bytes_and_another_seed_does_not() throws IOException {
    Generator.generate(small(folder.resolve("a"), 7));
    Generator.generate(small(folder.resolve("b"), 7));
    Generator.generate(small(folder.resolve("c"), 8));

    assertThat(contents(folder.resolve("a"))).isEqualTo(contents(folder.resolve("b")));
    assertThat(contents(folder.resolve("a")).get("invoices.csv"))
        .isNotEqualTo(contents(folder.resolve("c")).get("invoices.csv"));
  }

  @Test
  void without_faulty_rows_every_rule_of_the_inputs_holds() throws SQLException {
    for (long seed : new long[] {1, 20240401}) {
      Path out = folder.resolve("clean" + seed);
      Generator.generate(
          new GeneratorSettings(
              12_000,
              600,
              24,
              LocalDate.of(2024, 4, 1),
              seed,
              0.3,
              0,
              false,
              false,
              GeneratorSettings.Format.CSV,
              out.toString()));
      assertThat(new RuleBook("2026-03-31").broken(out)).isEmpty();
    }
  }

  @Test
  void faulty_rows_add_to_the_clean_ones_and_change_none_of_them() throws IOException {
    GeneratorSettings with = small(folder.resolve("with"), 7);
    Generator.generate(with);
    Generator.generate(
        new GeneratorSettings(
            with.invoices(),
            with.customers(),
            with.months(),
            with.start(),
            with.seed(),
            with.awkwardShare(),
            0,
            false,
            false,
            with.format(),
            folder.resolve("without").toString()));

    assertThat(Files.readAllLines(folder.resolve("with/invoices.csv")))
        .containsAll(Files.readAllLines(folder.resolve("without/invoices.csv")));
    assertThat(Files.readAllLines(folder.resolve("with/payments.csv")))
        .containsAll(Files.readAllLines(folder.resolve("without/payments.csv")));
  }

  @Test
  void one_customer_can_have_a_fifth_of_the_invoices_and_one_day_a_tenth_of_the_payments()
      throws IOException {
    GeneratorSettings skewed =
        new GeneratorSettings(
            20_000,
            400,
            24,
            LocalDate.of(2024, 4, 1),
            3,
            0.08,
            0,
            true,
            true,
            GeneratorSettings.Format.CSV,
            folder.toString());
    Generator.generate(skewed);

    assertThat(
            share(
                "invoices.csv",
                line -> line.split(",")[1].equals("C0001") && line.contains(",invoice,")))
        .isBetween(0.18, 0.21);
    assertThat(share("payments.csv", line -> line.split(",")[2].equals(skewed.bigDay().toString())))
        .isBetween(0.08, 0.12);
  }

  @Test
  void invoices_add_up_to_what_was_asked_for_whatever_the_number_of_customers() {
    for (long customers : new long[] {1, 2, 19, 20, 21, 777}) {
      for (boolean big : new boolean[] {false, true}) {
        GeneratorSettings settings =
            new GeneratorSettings(
                10_007,
                customers,
                24,
                LocalDate.of(2024, 4, 1),
                3,
                0,
                0,
                big,
                false,
                GeneratorSettings.Format.CSV,
                "unused");
        Volume volume = new Volume(settings);
        long all = 0;
        for (long customer = 1; customer <= customers; customer++) {
          all += volume.invoices(customer);
        }
        assertThat(all).as("%s customers, big %s", customers, big).isEqualTo(10_007);
      }
    }
  }

  @Test
  void wrong_settings_are_all_named_at_once() {
    assertThatThrownBy(
            () ->
                new GeneratorSettings(
                    0, 0, 24, null, 1, 0.08, 0.01, false, false, GeneratorSettings.Format.CSV, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("invoices is 0")
        .hasMessageContaining("customers is 0")
        .hasMessageContaining("start is null");
  }

  private double share(String file, java.util.function.Predicate<String> counted)
      throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(file)).skip(1)) {
      Map<Boolean, Long> split =
          lines.collect(
              java.util.stream.Collectors.partitioningBy(
                  counted, java.util.stream.Collectors.counting()));
      return (double) split.get(true) / (split.get(true) + split.get(false));
    }
  }

  private static GeneratorSettings small(Path out, long seed) {
    return new GeneratorSettings(
        3_000,
        150,
        24,
        LocalDate.of(2024, 4, 1),
        seed,
        0.1,
        0.02,
        false,
        false,
        GeneratorSettings.Format.CSV,
        out.toString());
  }

  static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
