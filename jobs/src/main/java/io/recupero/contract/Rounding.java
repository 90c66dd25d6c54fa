package io.recupero.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rounds amounts with more decimals than their currency, where a mapping says so. */
final class Rounding {

  private Rounding() {}

  /** Returns the records with rounded amounts, and a finding for each. */
  static Dataset<Row> of(Contract contract, Dataset<Row> records) {
    Dataset<Row> result = records;
    for (ContractColumn column : contract.columns()) {
      if (column.currencyFrom().isPresent() && Typed.isRead(column, records)) {
        result = of(column, currency(contract, column.currencyFrom().get()), result);
      }
    }
    return result;
  }

  /** Defaults are not filled in yet. */
  private static Column currency(Contract contract, String name) {
    return contract
        .find(name)
        .flatMap(ContractColumn::fallback)
        .map(sql -> coalesce(col(name), expr(sql)))
        .orElseGet(() -> col(name));
  }

  private static Dataset<Row> of(ContractColumn column, Column currency, Dataset<Row> records) {
    Column text = Typed.quoted(Typed.textOf(column));
    Column rounded =
        when(col(Lineage.ROUNDING).isNotNull(), CodeLists.rounded(text, currency))
            .cast(column.type());
    Column finding =
        when(rounded.isNotNull(), concat_ws(" ", lit(column.name() + " rounded"), text));
    return records
        .withColumn(
            Lineage.FINDINGS, nullif(concat_ws("\n", col(Lineage.FINDINGS), finding), lit("")))
        .withColumn(column.name(), coalesce(rounded, Typed.quoted(column.name())))
        .withColumn(Typed.textOf(column), coalesce(rounded.cast("string"), text));
  }
}
