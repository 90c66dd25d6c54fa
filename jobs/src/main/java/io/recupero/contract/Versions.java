package io.recupero.contract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Tells what records with the same key are to each other: the same said twice, versions, or a
 * contradiction.
 *
 * <p>Only records whose key may be repeated are sorted: see {@link RepeatedKeys}.
 */
final class Versions {

  /** Whether a record's key may be said more than once. */
  static final String MAY_REPEAT = "_may_repeat";

  private static final String KNOWN = "_known";
  private static final String CONTENT = "_content";
  private static final String APART = "_compared_apart";

  private final Contract contract;
  private final Optional<Dataset<Row>> known;
  private final RepeatedKeys keys;

  Versions(Contract contract, Optional<Dataset<Row>> known, RepeatedKeys keys) {
    this.contract = contract;
    this.known = known;
    this.keys = keys;
  }

  /** Adds to records what is said of their repetition. */
  Dataset<Row> mark(Dataset<Row> records) {
    if (!keys.anyRepeats(contract)) {
      return once(records);
    }
    Column mayRepeat = col(MAY_REPEAT);
    Dataset<Row> rest = once(records.where(not(mayRepeat)));
    Dataset<Row> several = records.where(mayRepeat);
    Dataset<Row> added =
        Applications.areIn(contract)
            ? Lines.addUp(contract, several, known, keys.mayRepeat(contract, true))
            : several.withColumn(Lineage.LINES, lit(1));
    Optional<Dataset<Row>> before =
        known.map(silver -> silver.where(keys.mayRepeat(contract, true)));
    Dataset<Row> settled = Contradictions.settle(contract, added);
    Column overruled = col(Contradictions.OVERRULED);
    return compare(settled.where(not(overruled)), before)
        .unionByName(leftOut(settled.where(overruled)))
        .unionByName(rest);
  }

  static Dataset<Row> once(Dataset<Row> records) {
    return records
        .withColumn(Lineage.IDENTICAL, lit(false))
        .withColumn(Lineage.TWICE_IN_FILE, lit(false))
        .withColumn(Contradictions.OVERRULED, lit(false))
        .withColumn(Lineage.LINES, lit(1))
        .withColumn(Lineage.REPEATED, lit(false));
  }

  /** What another row counts instead of is left out; the finding there says so. */
  private static Dataset<Row> leftOut(Dataset<Row> records) {
    return records
        .withColumn(Lineage.IDENTICAL, lit(true))
        .withColumn(Lineage.TWICE_IN_FILE, lit(false))
        .withColumn(Lineage.REPEATED, lit(true));
  }

  private static Column[] append(Column[] columns, Column last) {
    return Stream.concat(Stream.of(columns), Stream.of(last)).toArray(Column[]::new);
  }

  private Dataset<Row> compare(Dataset<Row> records, Optional<Dataset<Row>> before) {
    Dataset<Row> here =
        records
            .withColumn(KNOWN, lit(false))
            .withColumn(CONTENT, content())
            .withColumn(APART, apart());
    Dataset<Row> both =
        before
            .map(
                silver ->
                    here.unionByName(
                        silver
                            .withColumn(KNOWN, lit(true))
                            .drop(Lineage.REPEATED, Lineage.WAITED)
                            .withColumn(Lineage.RAW, lit(null).cast("string"))
                            .withColumn(Lineage.REASONS, array().cast("array<string>"))
                            .withColumn(CONTENT, content())
                            .withColumn(APART, lit(0)),
                        true))
            .orElse(here);
    Dataset<Row> all = Debtors.mark(contract, both, col(KNOWN), before.isPresent());
    Column clashes = col(Debtors.CLASHES).isNotNull();
    Column[] key =
        Stream.of(
                contract.keys().stream().map(Typed::quoted),
                Stream.of(col(APART)),
                // another debtor's record is no version of what stands
                Debtors.of(contract).stream().map(debtor -> when(clashes, debtor)))
            .flatMap(columns -> columns)
            .toArray(Column[]::new);
    WindowSpec inOrder =
        Window.partitionBy(key)
            .orderBy(
                col(Lineage.KNOWN_AT),
                col(KNOWN).desc(),
                col(Lineage.ARRIVED),
                col(CONTENT),
                col(Lineage.FILE),
                col(Lineage.RECORD));
    Column previous = lag(CONTENT, 1).over(inOrder);
    Column previousTime = lag(Lineage.KNOWN_AT, 1).over(inOrder);
    WindowSpec sameTime =
        Window.partitionBy(append(append(key, col(Lineage.ARRIVED)), col(Lineage.KNOWN_AT)));
    WindowSpec sameRecording =
        Window.partitionBy(append(append(key, col(Lineage.ARRIVED)), recordedAt()));
    Column sameFile =
        lag(Lineage.BATCH, 1)
            .over(inOrder)
            .equalTo(col(Lineage.BATCH))
            .and(lag(Lineage.FILE, 1).over(inOrder).equalTo(col(Lineage.FILE)));
    Column twice = coalesce(previous.equalTo(col(CONTENT)), lit(false));
    return all.withColumn(Lineage.IDENTICAL, twice.or(isToldAgain(key)))
        .withColumn(Lineage.TWICE_IN_FILE, twice.and(coalesce(sameFile, lit(false))))
        .withColumn("_tie", coalesce(previousTime.equalTo(col(Lineage.KNOWN_AT)), lit(false)))
        .withColumn(
            "_conflict",
            Contradictions.canBeOfFacts(contract.columns())
                ? differ(sameTime).or(differ(sameRecording))
                : lit(false))
        .withColumn(Lineage.REPEATED, count(lit(1)).over(Window.partitionBy(key)).gt(1))
        .where(not(col(KNOWN)))
        .withColumn(
            Lineage.REASONS,
            array_union(
                col(Lineage.REASONS),
                RecordChecks.compact(
                    List.of(
                        when(clashes, Debtors.CLASH), when(col("_conflict"), Reasons.CONFLICT)))))
        .withColumn(
            Lineage.VALUES,
            when(clashes, Debtors.withBoth(col(Lineage.VALUES))).otherwise(col(Lineage.VALUES)))
        // corrected without saying when: learned when the correction came
        .withColumn(
            Lineage.KNOWN_AT,
            when(
                    col("_tie").and(not(col("_conflict"))),
                    greatest(col(Lineage.KNOWN_AT), col(Lineage.ARRIVED)))
                .otherwise(col(Lineage.KNOWN_AT)))
        .drop(KNOWN, CONTENT, APART, Debtors.CLASHES, "_tie", "_conflict");
  }

  /**
   * Returns whether a record is one of several versions that its delivery has of one key, and was
   * delivered before. Files with the whole history bring old versions every night: the first one,
   * without a time of its own, is no correction of those after it. A single version that was there
   * before is one: it takes back what came in between.
   */
  private static Column isToldAgain(Column[] key) {
    WindowSpec sameContent = Window.partitionBy(append(key, col(CONTENT)));
    Column before =
        max(col(KNOWN))
            .over(sameContent)
            .or(
                coalesce(
                    min(col(Lineage.ARRIVED)).over(sameContent).lt(col(Lineage.ARRIVED)),
                    lit(false)));
    return before.and(differ(Window.partitionBy(append(key, col(Lineage.BATCH)))));
  }

  /**
   * What keeps records of one key from being versions of each other: of a receipt, each line that
   * is not accepted is a record of its own, and the same lines of another delivery are the same.
   */
  private Column apart() {
    if (!Applications.areIn(contract)) {
      return lit(0);
    }
    Column accepted = size(col(Lineage.REASONS)).equalTo(0);
    Column[] delivery =
        Stream.concat(
                contract.keys().stream().map(Typed::quoted),
                Stream.of(col(Lineage.BATCH), accepted))
            .toArray(Column[]::new);
    WindowSpec lines =
        Window.partitionBy(delivery).orderBy(col(CONTENT), col(Lineage.FILE), col(Lineage.RECORD));
    return when(accepted, 0).otherwise(row_number().over(lines));
  }

  private Column recordedAt() {
    return contract.find(KnownAt.RECORDED_AT).isPresent()
        ? col(KnownAt.RECORDED_AT)
        : lit(null).cast("timestamp");
  }

  private static Column differ(WindowSpec group) {
    return not(min(CONTENT).over(group).equalTo(max(CONTENT).over(group)));
  }

  /** What a record says; of one that could not be read whole, also how it was written. */
  private Column content() {
    Column[] values = contract.names().stream().map(Typed::quoted).toArray(Column[]::new);
    Column written = when(size(col(Lineage.REASONS)).gt(0), col(Lineage.RAW));
    return struct(append(values, written.as("_written")));
  }
}
