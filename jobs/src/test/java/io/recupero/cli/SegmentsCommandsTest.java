package io.recupero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.lake.ReadOnlyQuery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("recupero segments, on the lake of a small creditor")
class SegmentsCommandsTest {

  private static final String CURRENT = "schemas/rules/segments.yaml";

  @TempDir private static Path home;
  private static String lake;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void runOnce() throws Exception {
    TestSpark.session();
    lake = home.resolve("lake").toString();
    Path config = Files.writeString(home.resolve("r.yaml"), "timezone: America/Santiago\n");
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said, true);
    String[] generate = {
      "generate",
      "--out",
      home.resolve("in") + "",
      "--invoices",
      "900",
      "--customers",
      "60",
      "--months",
      "8",
      "--start",
      "2025-08-01",
      "--bad-share",
      "0"
    };
    assertThat(Recupero.run(generate, to, to)).as(said.toString()).isZero();
    String[] run = {
      "run",
      "--config",
      config + "",
      "--lake",
      lake,
      "--input",
      home.resolve("in") + "",
      "--as-of",
      "2026-03-31",
      "--arrived-at",
      "2026-04-01T01:00:00Z"
    };
    assertThat(Recupero.run(run, to, to)).as(said.toString()).isZero();
  }

  @DisplayName("learn: what it writes is compared with the rules that there are")
  @Test
  void learnAndCompare() throws Exception {
    Path learned = home.resolve("rules/learned.yaml");
    int code =
        run(
            "segments",
            "learn",
            "--lake",
            lake,
            "--lang",
            "en",
            "--k",
            "3",
            "--samples",
            "2",
            "--methods",
            "kmeans",
            "--out",
            learned + "");
    assertThat(err.toString()).contains("Written to " + learned);
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("What was tried", "silhouette", "out_of_sample", "name_es", "kmeans");
    assertThat(Files.readString(learned))
        .startsWith("# Learned segments.")
        .contains("# model: ", "# stability: ", "# fidelity_out_of_sample: ", "versions:");
    try (var models = Files.list(Path.of(lake, "models", "segments"))) {
      Path model = models.toList().get(0);
      assertThat(model.resolve("segments.yaml")).hasSameTextualContentAs(learned);
      assertThat(model.resolve("model/metadata")).isDirectory();
      assertThat(Files.readString(model.resolve("model.json"))).contains("\"seed\" : 1");
    }

    Path folder = home.resolve("comparison");
    out.getBuffer().setLength(0);
    assertThat(
            run(
                "segments",
                "compare",
                CURRENT,
                learned + "",
                "--lake",
                lake,
                "--lang",
                "en",
                "--known-at",
                "2026-03-31",
                "--out",
                folder + ""))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("Sizes", "Migration from A to B", "Contacts of the next");
    assertThat(Files.readString(folder.resolve("migration.csv")).lines().count()).isGreaterThan(3);
    try (var files = Files.list(folder)) {
      Path page = files.filter(file -> file.toString().endsWith(".html")).findFirst().orElseThrow();
      assertThat(Files.readString(page))
          .contains("data-chart=\"chart_migration\"", "data-chart=\"chart_recoveryCLP\"")
          .contains("data-chart=\"chart_concentrationCLP\"", "\"kind\":\"LIMITS\"");
    }
  }

  @DisplayName("compare: prints one table for programs, at an earlier date")
  @Test
  void compare() {
    assertThat(
            run(
                "segments",
                "compare",
                CURRENT,
                CURRENT,
                "--lake",
                lake,
                "--as-of",
                "2026-01-31",
                "--format",
                "csv"))
        .as(err.toString())
        .isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).isEqualTo("segment_a,segment_b,customers,share_of_a");
    assertThat(lines.subList(1, lines.size()))
        .isNotEmpty()
        .allMatch(line -> line.split(",")[0].equals(line.split(",")[1]))
        .allMatch(line -> line.endsWith("100.000000"));
  }

  @DisplayName("compare: what is wrong is told before anything is computed")
  @Test
  void refused() throws Exception {
    assertThat(run("segments", "compare", CURRENT, CURRENT, "--lake", lake, "--table", "sises"))
        .isEqualTo(Failures.WRONG);
    assertThat(err.toString()).contains("Did you mean sizes?");
    assertThat(
            run("segments", "compare", CURRENT, CURRENT, "--lake", lake, "--as-of", "2027-01-31"))
        .isEqualTo(Failures.WRONG);
    assertThat(err.toString()).contains("computed to 2026-03-31");
    Path bad = Files.writeString(home.resolve("bad.yaml"), "versions: []\n");
    assertThat(run("segments", "compare", CURRENT, bad + "", "--lake", lake))
        .isEqualTo(Failures.WRONG);
    assertThat(err.toString()).contains("bad.yaml:1", "there are no rules");
    assertThat(run("segments", "learn", "--lake", lake, "--k", "two", "--out", "x.yaml"))
        .isEqualTo(Failures.WRONG);
    assertThat(err.toString()).contains("Invalid --k 'two'");
    assertThat(run("segments", "learn", "--lake", lake, "--features", "opn_amount", "--out", "x"))
        .isEqualTo(Failures.WRONG);
    assertThat(err.toString()).contains("Did you mean open_amount?");
  }

  @DisplayName("training: writes features beside outcomes, and refuses months that are not there")
  @Test
  void training() {
    Path folder = home.resolve("training");
    assertThat(
            run(
                "segments",
                "training",
                "--lake",
                lake,
                "--from",
                "2025-11",
                "--to",
                "2025-12",
                "--out",
                folder + ""))
        .as(err.toString())
        .isZero();
    for (String table : List.of("customers", "documents")) {
      var rows = TestSpark.session().read().parquet(folder.resolve(table).toUri().toString());
      assertThat(rows.select("as_of").distinct().count()).as(table).isEqualTo(2);
      assertThat(rows.where("outcome_paid_90 IS NOT NULL").count()).as(table).isPositive();
    }
    assertThat(
            run(
                "segments",
                "training",
                "--lake",
                lake,
                "--from",
                "2026-02",
                "--to",
                "2026-04",
                "--out",
                folder + ""))
        .isEqualTo(Failures.WRONG);
    assertThat(err.toString()).contains("computed to 2026-03-31");
  }

  /** The command sql sets the session up for its own printing; here others share the session. */
  @AfterEach
  void asItWas() {
    ReadOnlyQuery.conf().keySet().forEach(TestSpark.session().conf()::unset);
  }

  @DisplayName("history: what segment a customer was in on a day, and under which rules")
  @Test
  void history() {
    assertThat(
            run(
                "sql",
                "SELECT COUNT(*) = COUNT(DISTINCT customer_id) AS one, COUNT(*) > 10 AS many,"
                    + " COUNT_IF(segment IS NULL) AS none FROM gold.segment_history"
                    + " WHERE known_to IS NULL"
                    + " AND (valid_from IS NULL OR valid_from <= DATE'2026-02-10')"
                    + " AND (valid_to IS NULL OR valid_to >= DATE'2026-02-10')",
                "--lake",
                lake,
                "--format",
                "csv"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString().lines().toList().get(1)).startsWith("true,true,");
  }

  private int run(String... args) {
    return Recupero.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
