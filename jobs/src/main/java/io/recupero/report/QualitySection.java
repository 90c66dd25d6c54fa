package io.recupero.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode_outer;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.recupero.compliance.ContactRules;
import io.recupero.compliance.MissingFact;
import io.recupero.contract.Contract;
import io.recupero.contract.Text;
import io.recupero.summary.FindingsJob;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far the figures can be trusted: what was refused, what reconciles, how fresh the data are.
 */
final class QualitySection implements SectionMaker {

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    List<Table> tables = new ArrayList<>();
    Map<String, Row> kept = new HashMap<>();
    Table quarantine = source.has("quarantine") ? quarantine(source, kept) : null;
    tables.add(freshness(source, kept));
    if (quarantine != null) {
      tables.add(quarantine);
    }
    if (source.has(FindingsJob.TABLE)) {
      tables.add(DataFindings.table(source));
    }
    if (source.has("gold.reconciliation")) {
      tables.add(reconciliation(source));
    }
    if (source.has("gold.contact_findings") && source.marts.has("contacts")) {
      tables.add(findings(source));
    }
    Slice slice = source.slice;
    boolean isSliced =
        slice.portfolio() != null || slice.segment() != null || slice.currency() != null;
    List<String> notes = new ArrayList<>(List.of(source.texts.text("report.quality.note")));
    if (isSliced) {
      notes.add(source.texts.text("report.quality.note.slice"));
    }
    return Optional.of(
        new Section(
            "quality", source.texts.text("report.quality"), notes, List.of(), tables, List.of()));
  }

  private static Table freshness(Source source, Map<String, Row> kept) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("freshness", texts.text("report.freshness"))
            .text("table", texts.text("report.quality.table"))
            .number("accepted", texts.text("report.quality.accepted"))
            .number("refused", texts.text("report.quality.refused"))
            .number("waiting", texts.text("report.quality.waiting"))
            .text("since", texts.text("report.quality.since"))
            .number("share", texts.text("report.quality.share"))
            .text("latest", texts.text("report.freshness.latest"))
            .number("age", texts.text("report.freshness.age"))
            .text("known_at", texts.text("report.freshness.known"));
    List<String> inputs =
        source.contracts.inputs().stream()
            .map(Contract::table)
            .filter(input -> source.marts.has(input) || kept.containsKey(input))
            .toList();
    Map<String, Row> latest = latest(source, inputs);
    for (String input : inputs) {
      Row row = latest.get(input);
      Long accepted = row == null ? Long.valueOf(0) : row.<Long>getAs("records");
      Row apart = kept.get(input);
      long waiting = apart == null ? 0 : apart.<Long>getAs("waiting");
      long refused = apart == null ? 0 : apart.<Long>getAs("records") - waiting;
      Timestamp since = apart == null ? null : apart.getAs("since");
      Date day = row == null ? null : row.getAs("latest");
      Timestamp known = row == null ? null : row.getAs("known_at");
      table.row(
          Cell.text(texts.code("report.input", input)),
          Cell.whole(accepted),
          Cell.whole(refused),
          Cell.whole(waiting),
          Cell.time(since == null ? null : source.local(since.toInstant())),
          Cell.percent(share(refused, accepted + refused)),
          Cell.date(day == null ? null : day.toLocalDate()),
          Cell.whole(
              day == null
                  ? null
                  : source.release().asOf().toEpochDay() - day.toLocalDate().toEpochDay()),
          Cell.time(isTime(known) ? source.local(known.toInstant()) : null));
    }
    return table.build();
  }

  /** What came with a lake's first files and has no date of its own was known since ever. */
  private static boolean isTime(Timestamp known) {
    return known != null && known.toInstant().isAfter(Instant.EPOCH);
  }

  private static BigDecimal share(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64);
  }

  /** All inputs in one query: how many records, and how late the latest is. */
  private static Map<String, Row> latest(Source source, List<String> inputs) {
    Dataset<Row> all = null;
    for (String input : inputs) {
      if (source.marts.has(input)) {
        Optional<String> mainDate = source.contracts.input(input).mainDate();
        Dataset<Row> one =
            source
                .read("silver." + input)
                .selectExpr(
                    "'" + input + "' AS input",
                    "COUNT(*) AS records",
                    mainDate
                        .filter(source.contracts.input(input).names()::contains)
                        .map(date -> "CAST(MAX(" + date + ") AS DATE) AS latest")
                        .orElse("CAST(NULL AS DATE) AS latest"),
                    "MAX(known_at) AS known_at");
        all = all == null ? one : all.unionByName(one);
      }
    }
    Map<String, Row> latest = new HashMap<>();
    if (all != null) {
      all.collectAsList().forEach(row -> latest.put(row.getString(0), row));
    }
    return latest;
  }

  private static Table quarantine(Source source, Map<String, Row> kept) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("quarantine", texts.text("report.quarantine"))
            .text("table", texts.text("report.quality.table"))
            .text("reason", texts.text("report.quarantine.reason"))
            .number("records", texts.text("report.quarantine.records"))
            .text("latest", texts.text("report.quarantine.latest"))
            .text("rule", texts.text("report.quarantine.rule"));
    Dataset<Row> records = source.read("quarantine");
    // The row without a reason counts the records of its table: one may break several rules.
    Dataset<Row> byTable =
        records
            .groupBy(col("table"), lit(null).cast("STRING").as("reason"))
            .agg(
                count(lit(1)).as("records"),
                max("arrived_at").as("latest"),
                sum(waits(records).cast("bigint")).as("waiting"),
                min(when(waits(records), col("arrived_at"))).as("since"));
    List<Row> rows =
        records
            .select(col("table"), explode_outer(col("reasons")).as("reason"), col("arrived_at"))
            .groupBy("table", "reason")
            .agg(
                count(lit(1)).as("records"),
                max("arrived_at").as("latest"),
                lit(null).cast("BIGINT").as("waiting"),
                lit(null).cast("TIMESTAMP").as("since"))
            .where("reason IS NOT NULL")
            .unionByName(byTable)
            .orderBy(col("table"), col("records").desc(), col("reason"))
            .collectAsList();
    for (Row row : rows) {
      String input = row.getString(0);
      String reason = row.getString(1);
      if (reason == null) {
        kept.put(input, row);
      } else {
        table.row(
            Cell.text(texts.code("report.input", input)),
            Cell.text(reason(source, input, reason)),
            Cell.whole(row.getLong(2)),
            Cell.time(source.local(row.getTimestamp(3).toInstant())),
            Cell.text(reason));
      }
    }
    return table.build();
  }

  /** Whether a record only waits; what an earlier version of the program wrote does not tell. */
  private static Column waits(Dataset<Row> quarantine) {
    return List.of(quarantine.columns()).contains("waiting") ? col("waiting") : lit(false);
  }

  private static String reason(Source source, String input, String reason) {
    Text text = source.contracts.input(input).reasons().get(reason);
    return text == null ? reason : source.texts.of(text);
  }

  private static Table reconciliation(Source source) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("reconciliation", texts.text("report.reconciliation"))
            .text("as_of", texts.text("report.date"))
            .text("what", texts.text("report.reconciliation.what"))
            .text("currency", texts.text("report.currency"))
            .number("ledger_amount", texts.text("report.reconciliation.ledger"))
            .number("mart_amount", texts.text("report.reconciliation.marts"))
            .number("difference", texts.text("report.reconciliation.difference"));
    for (Row row :
        source
            .read("gold.reconciliation")
            .where(source.slice.filter(Slice.CURRENCY))
            .orderBy("what", "currency")
            .collectAsList()) {
      String currency = row.getAs("currency");
      table.row(
          Cell.date(row.<Date>getAs("as_of").toLocalDate()),
          Cell.text(texts.code("report.reconciliation", row.getAs("what"))),
          Cell.text(currency),
          Cell.amount(row.getAs("ledger_amount"), currency),
          Cell.amount(row.getAs("mart_amount"), currency),
          Cell.amount(row.getAs("difference"), currency));
    }
    return table.build();
  }

  private static Table findings(Source source) {
    Texts texts = source.texts;
    ContactRules rules = ContactRules.load();
    Table.Builder table =
        new Table.Builder("findings", texts.text("report.findings"))
            .text("verdict", texts.text("report.findings.verdict"))
            .text("reason", texts.text("report.findings.reason"))
            .number("contacts", texts.text("report.findings.contacts"))
            .text("rule", texts.text("report.findings.rule"));
    for (Row row :
        source
            .read("gold.contact_findings")
            .where("day <= " + source.day() + " AND day >= TRUNC(" + source.day() + ", 'MM')")
            .where(source.slice.filter(Slice.PORTFOLIO, Slice.SEGMENT, Slice.CURRENCY))
            .groupBy("verdict", "reason")
            .agg(count(lit(1)).as("contacts"))
            .orderBy(col("verdict"), col("contacts").desc(), col("reason"))
            .collectAsList()) {
      String reason = row.getAs("reason");
      table.row(
          Cell.text(texts.code("report.verdict-of-contact", row.getAs("verdict"))),
          Cell.text(reason == null ? null : told(texts, rules, reason)),
          Cell.whole(row.getAs("contacts")),
          Cell.text(reason));
    }
    return table.build();
  }

  private static String told(Texts texts, ContactRules rules, String reason) {
    return rules
        .name(reason)
        .or(
            () ->
                Arrays.stream(MissingFact.values())
                    .filter(fact -> fact.code().equals(reason))
                    .map(MissingFact::text)
                    .findFirst())
        .map(texts::of)
        .orElse(reason);
  }
}
