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
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Tells what records with the same key are to each other: the same said twice, versions, or a
 * contradiction.
 *
 * <p>Repeated keys are rare in good data. So the keys are counted by themselves, and only records
 * whose key is repeated are sorted.
 */
final class Versions {

  /** Up to so many repeated keys are sent to every core, rather than every record to its key. */
  private static final int FEW = 50_000;

  private static final String KNOWN = "_known";
  private static final String CONTENT = "_content";
  private static final String PREFIX = "_repeated_";

  private final Contract contract;
  private final Optional<Dataset<Row>> known;

  Versions(Contract contract, Optional<Dataset<Row>> known) {
    this.contract = contract;
    this.known = known;
  }

  /** Records with what is said of their repetition, and whether any key is repeated at all. */
  record Marked(Dataset<Row> records, boolean anyRepeated) {}

  Marked mark(Dataset<Row> records) {
    List<Row> repeated = repeatedKeys(records).limit(FEW + 1).collectAsList();
    if (repeated.isEmpty()) {
      return new Marked(once(records), false);
    }
    Optional<Dataset<Row>> keys =
        Optional.of(repeated)
            .filter(few -> few.size() <= FEW)
            .map(few -> records.sparkSession().createDataFrame(few, keySchema(records.schema())))
            .map(functions::broadcast);
    Dataset<Row> flagged =
        keys.map(few -> flag(records, few))
            .orElseGet(() -> records.withColumn(Lineage.REPEATED, hasKey()));
    Optional<Dataset<Row>> before =
        known.map(
            silver ->
                keys.map(few -> silver.join(few, same(silver, few), "left_semi")).orElse(silver));
    Column isRepeated = col(Lineage.REPEATED);
    return new Marked(
        compare(flagged.where(isRepeated), before)
            .unionByName(once(flagged.where(not(isRepeated)))),
        true);
  }

  private static Dataset<Row> once(Dataset<Row> records) {
    return records
        .withColumn(Lineage.IDENTICAL, lit(false))
        .withColumn(Lineage.REPEATED, lit(false));
  }

  private Column hasKey() {
    return contract.keys().stream()
        .filter(key -> contract.column(key).required())
        .map(key -> Typed.quoted(key).isNotNull())
        .reduce(col(Lineage.PROBLEM).isNull(), Column::and);
  }

  private Dataset<Row> repeatedKeys(Dataset<Row> records) {
    Column[] keys = contract.keys().stream().map(Typed::quoted).toArray(Column[]::new);
    Column[] here = append(keys, lit(1).as("_new"));
    Dataset<Row> all = records.where(hasKey()).select(here);
    if (known.isPresent()) {
      all = all.unionByName(known.get().select(append(keys, lit(0).as("_new"))));
    }
    return all.groupBy(keys)
        .agg(count(lit(1)).as("_all"), sum("_new").as("_new"))
        .where("_all > 1 AND _new > 0")
        .select(keys);
  }

  private static Column[] append(Column[] columns, Column last) {
    return Stream.concat(Stream.of(columns), Stream.of(last)).toArray(Column[]::new);
  }

  private StructType keySchema(StructType schema) {
    StructType keys = new StructType();
    for (String key : contract.keys()) {
      StructField field = schema.apply(key);
      keys = keys.add(PREFIX + key, field.dataType(), true);
    }
    return keys;
  }

  private Dataset<Row> flag(Dataset<Row> records, Dataset<Row> keys) {
    // a record without a whole key has no other: its nulls equal those of a repeated key
    Column found = hasKey().and(col(PREFIX + contract.keys().get(0)).isNotNull());
    String[] added = contract.keys().stream().map(PREFIX::concat).toArray(String[]::new);
    return records
        .join(keys, same(records, keys), "left_outer")
        .withColumn(Lineage.REPEATED, found)
        .drop(added);
  }

  private Column same(Dataset<Row> records, Dataset<Row> keys) {
    return contract.keys().stream()
        .map(key -> records.col(key).eqNullSafe(keys.col(PREFIX + key)))
        .reduce(Column::and)
        .orElseThrow();
  }

  private Dataset<Row> compare(Dataset<Row> records, Optional<Dataset<Row>> before) {
    Dataset<Row> here = records.withColumn(KNOWN, lit(false)).withColumn(CONTENT, content());
    Dataset<Row> all =
        before
            .map(
                silver ->
                    here.unionByName(
                        silver
                            .withColumn(KNOWN, lit(true))
                            .withColumn(Lineage.RAW, lit(null).cast("string"))
                            .withColumn(Lineage.REASONS, array().cast("array<string>"))
                            .withColumn(CONTENT, content()),
                        true))
            .orElse(here);

    Column[] key = contract.keys().stream().map(Typed::quoted).toArray(Column[]::new);
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
    return all.withColumn(Lineage.IDENTICAL, coalesce(previous.equalTo(col(CONTENT)), lit(false)))
        .withColumn("_tie", coalesce(previousTime.equalTo(col(Lineage.KNOWN_AT)), lit(false)))
        .withColumn("_conflict", differ(sameTime).or(differ(sameRecording)))
        .where(not(col(KNOWN)))
        .withColumn(
            Lineage.REASONS,
            when(col("_conflict"), array_union(col(Lineage.REASONS), array(lit(Reasons.CONFLICT))))
                .otherwise(col(Lineage.REASONS)))
        // corrected without saying when: learned when the correction came
        .withColumn(
            Lineage.KNOWN_AT,
            when(
                    col("_tie").and(not(col("_conflict"))),
                    greatest(col(Lineage.KNOWN_AT), col(Lineage.ARRIVED)))
                .otherwise(col(Lineage.KNOWN_AT)))
        .withColumn(Lineage.REPEATED, lit(true))
        .drop(KNOWN, CONTENT, "_tie", "_conflict");
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
