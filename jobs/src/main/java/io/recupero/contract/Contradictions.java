package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Settles rows of one key and one delivery that differ in attributes alone: the last of the file
 * counts, with a finding, since no balance needs an attribute.
 */
final class Contradictions {

  /** Whether another row of its key, further down, counts instead. */
  static final String OVERRULED = "_overruled";

  private static final String FINDING = "- other_attributes";

  private Contradictions() {}

  /** Returns whether rows of one key can differ in more than attributes. */
  static boolean canBeOfFacts(List<ContractColumn> columns) {
    return columns.stream().anyMatch(column -> !column.isKey() && !column.attribute());
  }

  /** Adds {@link #OVERRULED} to records of keys that may be repeated. */
  static Dataset<Row> settle(Contract contract, Dataset<Row> records) {
    if (contract.columns().stream().noneMatch(ContractColumn::attribute)) {
      return records.withColumn(OVERRULED, lit(false));
    }
    Column isRefused = size(col(Lineage.REASONS)).gt(0);
    Column recordedAt =
        contract.find(KnownAt.RECORDED_AT).isPresent() ? col(KnownAt.RECORDED_AT) : lit(0);
    WindowSpec delivery =
        Window.partitionBy(
            Stream.of(
                    contract.keys().stream().map(Typed::quoted),
                    Stream.of(col(Lineage.ARRIVED), recordedAt, isRefused),
                    Debtors.of(contract).stream())
                .flatMap(columns -> columns)
                .toArray(Column[]::new));
    Column content = struct(columns(contract, true));
    Column last = max_by(content, struct(col(Lineage.FILE), col(Lineage.RECORD))).over(delivery);
    Column ofAttributes =
        not(isRefused)
            .and(not(differ(struct(columns(contract, false)), delivery)))
            .and(differ(content, delivery));
    return records
        .withColumn("_contradicts", ofAttributes)
        .withColumn(OVERRULED, col("_contradicts").and(not(content.equalTo(last))))
        .withColumn(
            Lineage.FINDINGS,
            when(col("_contradicts"), concat_ws("\n", col(Lineage.FINDINGS), lit(FINDING)))
                .otherwise(col(Lineage.FINDINGS)))
        .drop("_contradicts");
  }

  private static Column[] columns(Contract contract, boolean withAttributes) {
    return contract.columns().stream()
        .filter(column -> withAttributes || !column.attribute())
        .map(column -> Typed.quoted(column.name()))
        .toArray(Column[]::new);
  }

  private static Column differ(Column value, WindowSpec group) {
    return not(min(value).over(group).equalTo(max(value).over(group)));
  }
}
