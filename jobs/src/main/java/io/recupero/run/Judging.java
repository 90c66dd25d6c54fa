package io.recupero.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import io.recupero.config.Settings;
import io.recupero.contract.Contracts;
import io.recupero.contract.Counted;
import io.recupero.contract.Judge;
import io.recupero.contract.JudgeSettings;
import io.recupero.contract.Judged;
import io.recupero.contract.Tally;
import io.recupero.lake.Lake;
import io.recupero.lake.Lake.Written;
import io.recupero.plan.AtOnce;
import io.recupero.plan.QualityLimitException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Text records into silver and quarantine. */
final class Judging {

  private static final String QUARANTINE = "quarantine";
  private static final int MOST_REASONS = 5;

  private final Lake lake;
  private final Contracts contracts;
  private final Settings settings;
  private final Consumer<Result> counted;
  private final boolean stopsAtLimit;

  Judging(Lake lake, Contracts contracts, Settings settings) {
    this(lake, contracts, settings, counts -> {}, true);
  }

  /**
   * @param counted is told what was counted before anything is held against a limit
   * @param stopsAtLimit whether more refused records than the settings allow stop the run
   */
  Judging(
      Lake lake,
      Contracts contracts,
      Settings settings,
      Consumer<Result> counted,
      boolean stopsAtLimit) {
    this.lake = lake;
    this.contracts = contracts;
    this.settings = settings;
    this.counted = counted;
    this.stopsAtLimit = stopsAtLimit;
  }

  /**
   * Judges the records of an arrival, and writes them.
   *
   * @param known the silver tables of the current release, at its versions
   * @return versions of the tables written, and what was counted
   * @throws QualityLimitException where more is quarantined than the settings allow
   */
  Result run(Arrival arrival, Map<String, Dataset<Row>> known) {
    JudgeSettings usual =
        JudgeSettings.in(settings.timezone()).allowing(settings.maxDaysAhead()).knowing(known);
    Map<String, Long> versions = new ConcurrentHashMap<>();
    JudgeSettings sized =
        arrival.large()
            ? usual.keeping(new InLake(lake, silver -> learned(silver, arrival), versions))
            : usual;
    JudgeSettings how = arrival.first() ? sized.forFirstBatch() : sized;
    Map<String, Judged> judged = new Judge(contracts, how).judge(arrival.texts());
    Map<String, Tally> tallies = Judged.tally(judged);
    tallies.forEach(Judging::requireBalance);
    Result result = result(tallies, arrival, versions);
    counted.accept(result);
    check(result.counts(), judged, arrival.batch());
    versions.putAll(write(judged, arrival));
    return result(tallies, arrival, versions);
  }

  /**
   * Records to judge.
   *
   * @param texts by canonical table
   * @param first whether the lake holds nothing yet
   * @param large whether the files are so big that their records are better not kept in memory
   * @param batch the batch that has just come; other batches' records waited in quarantine
   * @param waiting when those other batches came, by id
   * @param again how many records of other batches are among the texts, by table
   */
  record Arrival(
      Map<String, Dataset<Row>> texts,
      boolean first,
      boolean large,
      String batch,
      java.time.Instant at,
      Map<String, java.time.Instant> waiting,
      Map<String, Long> again) {}

  /**
   * What judging did.
   *
   * @param versions of the tables written
   * @param counts of each input, under the names of {@link Counted}
   * @param repeated the files of the delivery that rows were left out of, by table
   */
  record Result(
      Map<String, Long> versions,
      Map<String, Long> counts,
      Map<String, List<Tally.OfFile>> repeated) {}

  private static Result result(
      Map<String, Tally> tallies, Arrival arrival, Map<String, Long> versions) {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, List<Tally.OfFile>> repeated = new TreeMap<>();
    tallies.forEach(
        (table, tally) -> {
          tally
              .of(arrival.batch(), arrival.again().getOrDefault(table, 0L))
              .forEach((counted, count) -> counts.put(counted.of(table), count));
          repeated.put(table, tally.repeated(arrival.batch()));
        });
    return new Result(new TreeMap<>(versions), counts, repeated);
  }

  private static void requireBalance(String table, Tally tally) {
    if (!tally.all().balance()) {
      throw new IllegalStateException(
          "Cannot account for every record of "
              + table
              + ": "
              + tally.all()
              + ". This is a fault of the program: report it with the input.");
    }
  }

  /** What earlier deliveries left in quarantine, and what only waits, has no part in the limit. */
  private void check(Map<String, Long> counts, Map<String, Judged> records, String batch) {
    List<String> broken = new ArrayList<>();
    records.forEach(
        (table, judged) -> {
          long refused = Counted.refused(counts, table);
          long delivered = Counted.READ.in(counts, table);
          if (refused > settings.refusedAllowed(delivered)) {
            broken.add(broken(table, refused, delivered) + why(judged, batch));
          }
        });
    if (!broken.isEmpty() && stopsAtLimit) {
      throw new QualityLimitException(broken);
    }
  }

  /**
   * Nothing is published, so nobody can look into quarantine: the commonest reasons are told here.
   */
  private static String why(Judged records, String batch) {
    StringBuilder why = new StringBuilder(" The commonest reasons:");
    records
        .quarantine()
        .where(not(col("waiting")).and(col("batch").equalTo(batch)))
        .groupBy("reasons_es", "reasons_en")
        .agg(count(lit(1)).as("records"), min(struct("file", "record")).as("first"))
        .orderBy(col("records").desc())
        .limit(MOST_REASONS)
        .selectExpr("records", "reasons_en", "reasons_es", "first.file", "first.record")
        .collectAsList()
        .forEach(
            row ->
                why.append(
                    "%n  %d: %s / %s (first: %s, record %d)"
                        .formatted(
                            row.getLong(0),
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getLong(4))));
    return why.toString();
  }

  private String broken(String table, long refused, long delivered) {
    BigDecimal share =
        BigDecimal.valueOf(refused).divide(BigDecimal.valueOf(delivered), 4, RoundingMode.HALF_UP);
    return "Cannot publish: "
        + refused
        + " of "
        + delivered
        + " records of "
        + table
        + " are refused, a share of "
        + share.toPlainString()
        + ", where max_quarantined_share allows "
        + settings.maxQuarantinedShare().toPlainString()
        + " and max_quarantined_records "
        + settings.maxQuarantinedRecords()
        + ". The figures of the last good release stay. Mend the file, or raise the limit.";
  }

  private Map<String, Long> write(Map<String, Judged> judged, Arrival arrival) {
    Map<String, Callable<Written>> tasks = new LinkedHashMap<>();
    judged.forEach(
        (table, records) -> {
          if (!records.isStored()) {
            tasks.put(
                table, () -> lake.append("silver." + table, learned(records.silver(), arrival)));
          }
        });
    tasks.put(
        QUARANTINE,
        () ->
            lake.overwrite(
                QUARANTINE,
                judged.values().stream()
                    .map(Judged::quarantine)
                    .reduce(Dataset::unionByName)
                    .orElseThrow()));
    Map<String, Long> versions = new TreeMap<>();
    AtOnce.run(tasks).values().forEach(it -> versions.put(it.table(), it.version()));
    return versions;
  }

  /** What waited counts as learned now: figures reported while it waited must stay as they were. */
  private static Dataset<Row> learned(Dataset<Row> silver, Arrival arrival) {
    if (arrival.waiting().isEmpty()) {
      return silver;
    }
    Column came =
        map(
            arrival.waiting().entrySet().stream()
                .flatMap(
                    batch -> Stream.of(lit(batch.getKey()), lit(Timestamp.from(batch.getValue()))))
                .toArray(Column[]::new));
    Column waited = col("_batch").notEqual(arrival.batch());
    return silver
        .withColumn(
            "known_at",
            when(waited, greatest(col("known_at"), lit(Timestamp.from(arrival.at()))))
                .otherwise(col("known_at")))
        .withColumn("_waited_since", when(waited, try_element_at(came, col("_batch"))));
  }
}
