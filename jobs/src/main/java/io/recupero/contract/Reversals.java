package io.recupero.contract;

import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
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
 * Judges records that reverse another of their own table, against the accepted originals.
 *
 * <p>An original is never itself a reversal, so that two rounds settle a table.
 */
final class Reversals {

  /** How many other records reverse the same original before this one; one that holds. */
  static final String EARLIER_REVERSALS = "_earlier_reversals";

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
    return rule.reads(EARLIER_REVERSALS)
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
    Dataset<Row> originals =
        originals(records, plain, known)
            .join(
                broadcast(reversals.select(col(reference.column()).as("_named"))),
                col(TARGET).equalTo(col("_named")),
                "left_semi")
            .groupBy(TARGET)
            .agg(max_by(col(reference.alias()), col(Lineage.KNOWN_AT)).as(reference.alias()));
    Dataset<Row> linked =
        reversals.join(broadcast(originals), col(reference.column()).equalTo(col(TARGET)), "left");
    Column unknown = when(col(reference.alias()).isNull(), reference.id());
    Stream<Column> single =
        contract.rules().stream()
            .filter(rule -> judges(contract, rule) && !rule.reads(EARLIER_REVERSALS))
            .map(RecordChecks::broken);
    Dataset<Row> alone = withReasons(linked, Stream.concat(Stream.of(unknown), single));

    Stream<Column> together =
        contract.rules().stream()
            .filter(rule -> rule.reads(EARLIER_REVERSALS))
            .map(RecordChecks::broken);
    Dataset<Row> judged = withReasons(countEarlier(alone, known), together);
    return records
        .where(not(reverses))
        .unionByName(judged.drop(TARGET, reference.alias(), EARLIER_REVERSALS));
  }

  private static Dataset<Row> withReasons(Dataset<Row> records, Stream<Column> ids) {
    Column broken = RecordChecks.compact(ids.toList());
    return records.withColumn(Lineage.REASONS, array_union(col(Lineage.REASONS), broken));
  }

  private Dataset<Row> originals(
      Dataset<Row> records, Dataset<Row> plain, Optional<Dataset<Row>> known) {
    Column[] fields =
        contract.rules().stream()
            .flatMap(rule -> rule.names().stream())
            .filter(name -> name.startsWith(reference.alias() + "."))
            .map(name -> name.substring(reference.alias().length() + 1))
            .distinct()
            .map(Typed::quoted)
            .toArray(Column[]::new);
    Column[] wanted = {
      col(reference.target()).as(TARGET),
      struct(fields).as(reference.alias()),
      col(Lineage.KNOWN_AT)
    };
    Column original = col(reference.column()).isNull();
    return Stream.concat(
            Stream.of(records.where(original.and(Judged.isAccepted())), plain),
            known.map(before -> before.where(original)).stream())
        .map(frame -> frame.select(wanted))
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  private Dataset<Row> countEarlier(Dataset<Row> reversals, Optional<Dataset<Row>> known) {
    Dataset<Row> here = reversals.withColumn(KNOWN, lit(false));
    List<String> shared = List.of(reference.target(), reference.column(), Lineage.KNOWN_AT);
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
    WindowSpec inOrder =
        Window.partitionBy(col(reference.column()))
            .orderBy(
                holds.desc(), col(KNOWN).desc(), col(Lineage.KNOWN_AT), col(reference.target()))
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column isFirst = first(reference.target()).over(inOrder).equalTo(col(reference.target()));
    Column isAfterOneThatHolds = first(holds).over(inOrder).and(not(isFirst));
    return all.withColumn(EARLIER_REVERSALS, when(isAfterOneThatHolds, 1).otherwise(0))
        .where(not(col(KNOWN)))
        .drop(KNOWN);
  }
}
