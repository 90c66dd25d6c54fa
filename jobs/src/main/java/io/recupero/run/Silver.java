package io.recupero.run;

import static org.apache.spark.sql.functions.col;

import io.recupero.config.Settings;
import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.contract.Counted;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Reason;
import io.recupero.source.Batch;
import io.recupero.source.SourceTables;
import io.recupero.summary.FindingsJob;
import io.recupero.watch.RunWatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings the judged records up to date: with what has come, or all of it again. */
final class Silver {

  /** Input that is judged as large: some hundred thousand records. */
  private static final long LARGE = Long.getLong("recupero.large", 8L << 20);

  /** The setting of a release that tells by which contracts its records were judged. */
  private static final String JUDGED_BY = "judged_by";

  /** The setting of a release that tells by which mappings its files were read. */
  private static final String READ_BY = "read_by";

  private static final String INPUT = "input.";
  private static final String SILVER = "silver.";
  private static final String QUARANTINE = "quarantine";

  /** How a count of refused records ends. */
  private static final String PLACES = "_batch,_file,_record";

  private final Lake lake;
  private final Arrivals arrivals;
  private final Contracts contracts;
  private final Settings settings;
  private final RunWatch watch;

  Silver(Lake lake, Arrivals arrivals, Contracts contracts, Settings settings, RunWatch watch) {
    this.lake = lake;
    this.arrivals = arrivals;
    this.contracts = contracts;
    this.settings = settings;
    this.watch = watch;
  }

  /** Tells that the records of a release were judged by other contracts than there are now. */
  static Optional<Reason> otherRules(Contracts contracts, Settings settings, Release release) {
    String then = release.settings().get(JUDGED_BY);
    String now = rules(contracts, settings);
    return then == null || then.equals(now)
        ? Optional.empty()
        : Optional.of(new Reason(Reason.Kind.SETTING_CHANGED, JUDGED_BY, then, now));
  }

  /** Tells that the files of a release were read by another text of their mapping. */
  boolean isReadOtherwise(Release release) {
    String then = release.settings().get(READ_BY);
    return then != null
        && arrivals.readBy(arrivals.of(release)).filter(now -> !now.equals(then)).isPresent();
  }

  /** Returns a release's settings with what its files were read and its records judged by. */
  Map<String, String> stamped(Map<String, String> figures, List<Batch> batches) {
    Map<String, String> stamped = new TreeMap<>(figures);
    stamped.put(JUDGED_BY, rules(contracts, settings));
    arrivals.readBy(batches).ifPresent(mappings -> stamped.put(READ_BY, mappings));
    return stamped;
  }

  private static String rules(Contracts contracts, Settings settings) {
    List<String> inputs =
        contracts.all().stream().map(Contract::id).filter(id -> id.startsWith(INPUT)).toList();
    String read = settings.negativeIsCredit() ? " negative_as: credit_note" : "";
    return Fingerprint.ofText(new TreeMap<>(Fingerprint.ofContracts(inputs)) + read);
  }

  /**
   * Judges what has come, and what waited in quarantine, with all that is known.
   *
   * @param before the batches judged before
   * @param versions the tables to read; receives the versions written
   * @return what was counted
   */
  Map<String, Long> add(Batch batch, List<Batch> before, Map<String, Long> versions) {
    SourceTables source = arrivals.read(lake.spark(), batch);
    source.warnings().forEach(watch.progress()::warned);
    new FileFindings(lake, contracts).add(source, batch, versions);
    Map<String, Dataset<Row>> texts = new TreeMap<>(source.frames());
    Map<String, Dataset<Row>> known = new HashMap<>();
    Map<String, Long> again = new HashMap<>();
    if (!before.isEmpty()) {
      waiting(before, versions.get(QUARANTINE))
          .forEach(
              (table, frame) -> {
                // few records out of whole files: read once, to be counted and judged
                Dataset<Row> few = frame.localCheckpoint();
                again.put(table, few.count());
                texts.merge(table, few, SourceTables::union);
              });
      versions.forEach(
          (table, version) -> {
            if (table.startsWith(SILVER)) {
              known.put(table.substring(SILVER.length()), lake.read(table, version));
            }
          });
    }
    Judging.Result result =
        new Judging(
                lake,
                contracts,
                settings,
                judged -> watch.counted(judged.counts(), judged.repeated()),
                watch.stopsAtRefused())
            .run(
                new Judging.Arrival(
                    texts,
                    before.isEmpty(),
                    arrivals.bytes(batch) > LARGE,
                    batch.id(),
                    batch.arrivedAt(),
                    before.stream().collect(Collectors.toMap(Batch::id, Batch::arrivedAt)),
                    again),
                known);
    versions.putAll(result.versions());
    return result.counts();
  }

  /**
   * Judges every batch again, in the order in which they came, each as learned when it came. The
   * tables that releases name stay as they are: these are new versions of them.
   *
   * @param versions the tables to read; receives the versions written
   * @return what was counted of all deliveries together; of quarantine, what is left in it
   */
  Map<String, Long> again(List<Batch> batches, Map<String, Long> versions) {
    List<String> judged = versions.keySet().stream().filter(this::isJudged).toList();
    Map<String, Long> made = new HashMap<>();
    for (String table : judged) {
      lake.overwrite(table, nothing(table));
    }
    versions.keySet().removeAll(judged);
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < batches.size(); i++) {
      addUp(counts, add(batches.get(i), batches.subList(0, i), made));
    }
    versions.putAll(made);
    return counts;
  }

  /** Adds a delivery's counts to those of all before it, as if they had come together. */
  private static void addUp(Map<String, Long> counts, Map<String, Long> more) {
    more.keySet().stream()
        .flatMap(name -> Counted.READ.input(name).stream())
        .forEach(
            input -> {
              long read = Counted.READ.in(counts, input) + Counted.READ.in(more, input);
              long accepted =
                  Counted.ACCEPTED.in(counts, input)
                      + Counted.ACCEPTED.in(more, input)
                      + Counted.RELEASED.in(more, input);
              long left = Counted.QUARANTINED.in(more, input) + Counted.LEFT.in(more, input);
              counts.put(Counted.READ.of(input), read);
              counts.put(Counted.ACCEPTED.of(input), accepted);
              counts.put(Counted.QUARANTINED.of(input), left);
              counts.put(Counted.IDENTICAL.of(input), read - accepted - left);
            });
  }

  private boolean isJudged(String table) {
    return table.equals(QUARANTINE)
        || table.equals(FindingsJob.OF_FILES)
        || table.startsWith(SILVER)
            && contracts.all().stream()
                .anyMatch(it -> it.id().equals(INPUT + table.substring(SILVER.length())));
  }

  private Dataset<Row> nothing(String table) {
    return lake.spark()
        .createDataFrame(
            List.of(),
            table.equals(QUARANTINE) || table.equals(FindingsJob.OF_FILES)
                ? contracts.contract(table).schema()
                : contracts.silver(table.substring(SILVER.length())));
  }

  /** Returns the records in quarantine as they arrived, to be judged with what has come since. */
  private Map<String, Dataset<Row>> waiting(List<Batch> released, Long version) {
    if (version == null) {
      return Map.of();
    }
    Dataset<Row> places =
        lake.read(QUARANTINE, version)
            .selectExpr("table AS _table", "batch AS _batch", "file AS _file", "record AS _record")
            .distinct()
            .localCheckpoint();
    List<String> batches =
        places.select("_batch").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    Map<String, Dataset<Row>> texts = new TreeMap<>();
    released.stream()
        .filter(batch -> batches.contains(batch.id()))
        .forEach(
            batch ->
                arrivals
                    .read(lake.spark(), batch)
                    .frames()
                    .forEach(
                        (table, frame) ->
                            texts.merge(table, chosen(frame, places, table), SourceTables::union)));
    return texts;
  }

  private static Dataset<Row> chosen(Dataset<Row> frame, Dataset<Row> places, String table) {
    return frame.join(
        places.where(col("_table").equalTo(table)).drop("_table"),
        scala.jdk.javaapi.CollectionConverters.asScala(List.of(PLACES.split(","))).toSeq(),
        "left_semi");
  }
}
