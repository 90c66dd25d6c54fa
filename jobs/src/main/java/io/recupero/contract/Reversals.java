package io.recupero.contract;

import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
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

/**
 * Judges records that reverse another of their own table, against the accepted originals.
 *
 * <p>An original may itself be a reversal. Those of one load are accepted in rounds, each against
 * the reversals of the round before; one at the end of a longer chain waits for the next run.
 */
final class Reversals {

  /** How much of the same original other records reverse before this one, as far as they hold. */
  static final String REVERSED_BEFORE = "_reversed_before";

  /** Reversals of reversals of reversals: that many in one load. */
  private static final int ROUNDS = 3;

  private static final String AMOUNT = "amount";
  private static final String COUNTS = "_counts";
  private static final String UNDONE = "_undone";
  private static final String WEIGHT = "_weight";
  private static final String FITS = "_fits";
  private static final String FITTING = "_fitting";
  private static final String MONEY = "decimal(38,4)";

  private static final String KNOWN = "_known";
  private static final String TARGET = "_original_key";

  private final Contract contract;
  private final Reference reference;

  private Reversals(Contract contract, Reference reference) {
    this.contract = contract;
    this.reference = reference;
  }

  /** Whether a reference names the record of its own table that is reversed. */
  static boolean isOriginal(Contract contract, Reference reference) {
    return reference.table().equals(contract.table());
  }

  /** Whether a rule can only be judged here. */
  static boolean judges(Contract contract, Rule rule) {
    return rule.reads(REVERSED_BEFORE)
        || contract.references().stream()
            .anyMatch(it -> isOriginal(contract, it) && rule.reads(it.alias() + "."));
  }

  /** Returns whether a record reverses another; false for tables without reversals. */
  static Column reverses(Contract contract) {
    return contract.references().stream()
        .filter(reference -> isOriginal(contract, reference))
        .map(reference -> Typed.quoted(reference.column()).isNotNull())
        .reduce(lit(false), Column::or);
  }

  /**
   * Adds the reasons of reversals to records; returns them as they are where the table has none.
   *
   * @param plain accepted records beside {@code records}, none of them a reversal
   */
  static Dataset<Row> judge(
      Contract contract, Dataset<Row> records, Dataset<Row> plain, Optional<Dataset<Row>> known) {
    return contract.references().stream()
        .filter(reference -> isOriginal(contract, reference))
        .findFirst()
        .map(reference -> new Reversals(contract, reference).judge(records, plain, known))
        .orElse(records);
  }

  private Dataset<Row> judge(
      Dataset<Row> records, Dataset<Row> plain, Optional<Dataset<Row>> known) {
    Column reverses = col(reference.column()).isNotNull().and(not(col(Lineage.IDENTICAL)));
    Dataset<Row> reversals = records.where(reverses);
    Dataset<Row> settled = originals(records, plain, known);
    Dataset<Row> alone = alone(reversals, settled);
    for (int round = 1; round < ROUNDS; round++) {
      Dataset<Row> accepted = alone.where(size(col(Lineage.REASONS)).equalTo(0));
      alone = alone(reversals, settled.unionByName(wanted(accepted)));
    }
    Stream<Column> together =
        contract.rules().stream()
            .filter(rule -> rule.reads(REVERSED_BEFORE))
            .map(RecordChecks::broken);
    Dataset<Row> judged = withReasons(addUp(alone, known), together);
    return records
        .where(not(reverses))
        .unionByName(judged.drop(TARGET, reference.alias(), REVERSED_BEFORE));
  }

  /** Judges each reversal by itself, against its original. */
  private Dataset<Row> alone(Dataset<Row> reversals, Dataset<Row> originals) {
    Dataset<Row> named =
        originals
            .join(
                broadcast(reversals.select(col(reference.column()).as("_named"))),
                col(TARGET).equalTo(col("_named")),
                "left_semi")
            .groupBy(TARGET)
            .agg(max_by(col(reference.alias()), col(Lineage.KNOWN_AT)).as(reference.alias()));
    Dataset<Row> linked =
        reversals.join(broadcast(named), col(reference.column()).equalTo(col(TARGET)), "left");
    Column unknown = when(col(reference.alias()).isNull(), reference.id());
    Stream<Column> single =
        contract.rules().stream()
            .filter(rule -> judges(contract, rule) && !rule.reads(REVERSED_BEFORE))
            .map(RecordChecks::broken);
    return withReasons(linked, Stream.concat(Stream.of(unknown), single));
  }

  private static Dataset<Row> withReasons(Dataset<Row> records, Stream<Column> ids) {
    Column broken = RecordChecks.compact(ids.toList());
    return records.withColumn(Lineage.REASONS, array_union(col(Lineage.REASONS), broken));
  }

  /** Returns the accepted records that are there before any reversal of this load. */
  private Dataset<Row> originals(
      Dataset<Row> records, Dataset<Row> plain, Optional<Dataset<Row>> known) {
    Column original = col(reference.column()).isNull();
    return Stream.concat(
            Stream.of(records.where(original.and(Judged.isAccepted())), plain), known.stream())
        .map(this::wanted)
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  private Dataset<Row> wanted(Dataset<Row> records) {
    Column[] fields =
        contract.rules().stream()
            .flatMap(rule -> rule.names().stream())
            .filter(name -> name.startsWith(reference.alias() + "."))
            .map(name -> name.substring(reference.alias().length() + 1))
            .distinct()
            .map(Typed::quoted)
            .toArray(Column[]::new);
    return records.select(
        col(reference.target()).as(TARGET),
        struct(fields).as(reference.alias()),
        col(Lineage.KNOWN_AT));
  }

  /**
   * Adds up what is reversed of each original, in the order in which reversals are accepted: known
   * ones first, then as they were learned. Of a reversal's versions the last one counts, less what
   * is reversed of itself.
   */
  private Dataset<Row> addUp(Dataset<Row> reversals, Optional<Dataset<Row>> known) {
    Dataset<Row> here = reversals.withColumn(KNOWN, lit(false));
    List<String> shared = List.of(reference.target(), reference.column(), AMOUNT, Lineage.KNOWN_AT);
    Dataset<Row> all =
        known
            .map(
                before ->
                    here.unionByName(
                        before
                            .where(col(reference.column()).isNotNull())
                            .select(shared.stream().map(Typed::quoted).toArray(Column[]::new))
                            .withColumn(KNOWN, lit(true)),
                        true))
            .orElse(here);
    Column holds = col(KNOWN).or(size(col(Lineage.REASONS)).equalTo(0));
    WindowSpec versions =
        Window.partitionBy(col(reference.target()))
            .orderBy(holds.desc(), col(Lineage.KNOWN_AT).desc(), col(KNOWN));
    Dataset<Row> counted =
        all.withColumn(COUNTS, holds.and(row_number().over(versions).equalTo(1)));
    Dataset<Row> undone =
        counted
            .where(COUNTS)
            .groupBy(col(reference.column()).as("_undone_id"))
            .agg(sum(AMOUNT).as(UNDONE));
    Column net =
        when(col(COUNTS), greatest(col(AMOUNT).minus(coalesce(col(UNDONE), lit(0))), lit(0)))
            .otherwise(lit(0));
    Column none = lit(0).cast(MONEY);
    Column room = col(reference.alias()).getField(AMOUNT);
    Column sumBefore =
        coalesce(sum(WEIGHT).over(before(col(reference.column()), holds)), none)
            .minus(coalesce(sum(WEIGHT).over(before(col(reference.target()), holds)), none));
    Column fits = col(KNOWN).or(col(AMOUNT).leq(room.minus(col(REVERSED_BEFORE))));
    Column fitting = sum(when(col(FITS), col(WEIGHT))).over(Window.partitionBy(reference.column()));
    return counted
        .join(broadcast(undone), col(reference.target()).equalTo(col("_undone_id")), "left")
        .withColumn(WEIGHT, net.cast(MONEY))
        .withColumn(REVERSED_BEFORE, sumBefore)
        .withColumn(FITS, fits)
        // one that does not fit does not keep out those that come after it
        .withColumn(FITTING, coalesce(fitting, none))
        .withColumn(
            WEIGHT,
            when(not(col(FITS)).and(col(AMOUNT).leq(room.minus(col(FITTING)))), col(WEIGHT))
                .otherwise(none))
        .withColumn(
            REVERSED_BEFORE,
            when(col(FITS), col(REVERSED_BEFORE)).otherwise(col(FITTING).plus(sumBefore)))
        .where(not(col(KNOWN)))
        .drop(KNOWN, COUNTS, UNDONE, "_undone_id", WEIGHT, FITS, FITTING);
  }

  private WindowSpec before(Column partition, Column holds) {
    return Window.partitionBy(partition)
        .orderBy(holds.desc(), col(KNOWN).desc(), col(Lineage.KNOWN_AT), col(reference.target()))
        .rowsBetween(Window.unboundedPreceding(), -1);
  }
}
