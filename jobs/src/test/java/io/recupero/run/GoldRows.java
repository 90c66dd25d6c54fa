package io.recupero.run;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.mart.RestatementJob;
import io.recupero.segment.SegmentHistory;
import io.recupero.summary.FindingsJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** What gold tables say, whichever way their rows came about. */
final class GoldRows {

  /** Diaries of what runs did. */
  static final Set<String> OF_RUNS =
      Set.of("gold.run_log", RestatementJob.TABLE, "gold.checks", "gold.alerts");

  private GoldRows() {}

  /** Returns whether a table is one of gold that tells of debts, and not of runs. */
  static boolean isOfDebts(String table) {
    return table.startsWith("gold.") && !OF_RUNS.contains(table);
  }

  /** Returns a table with its deltas added up; as it is, where it has none. */
  static Dataset<Row> cells(String table, Dataset<Row> rows) {
    if (table.equals(SegmentHistory.TABLE)) {
      // when it was said differs, and what was said before and stands no longer
      return rows.where("known_to IS NULL").drop("known_from", "known_to");
    }
    if (table.equals(FindingsJob.TABLE)) {
      // the same record comes in other files, whichever way they are cut into nights
      return rows.drop("file", "record");
    }
    Contract contract = Contracts.load().contract(table);
    List<String> parts = new ArrayList<>(contract.amounts());
    parts.addAll(contract.counts());
    if (parts.isEmpty()) {
      // what is added up in another order differs in the last binary digits
      return rows.select(
          Arrays.stream(rows.schema().fields())
              .map(
                  field ->
                      field.dataType().equals(DataTypes.DoubleType)
                          ? functions.round(functions.col(field.name()), 9).as(field.name())
                          : functions.col(field.name()))
              .toArray(Column[]::new));
    }
    Column[] keys =
        Arrays.stream(rows.columns())
            .filter(name -> !parts.contains(name))
            .map(functions::col)
            .toArray(Column[]::new);
    List<Column> sums =
        parts.stream()
            .map(name -> functions.expr("CAST(SUM(" + name + ") AS DECIMAL(38, 4))").as(name))
            .toList();
    return rows.groupBy(keys)
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .where(String.join(" <> 0 OR ", parts) + " <> 0");
  }

  /** Returns a number for each table of debts, of its cells in any order. */
  static Map<String, Long> hashes(Lake lake, Release release) {
    Map<String, Long> hashes = new TreeMap<>();
    release
        .tables()
        .forEach(
            (table, version) -> {
              if (isOfDebts(table)) {
                hashes.put(
                    table,
                    cells(table, lake.read(table, version))
                        .selectExpr("COALESCE(SUM(CAST(XXHASH64(STRUCT(*)) AS DECIMAL(38, 0))), 0)")
                        .first()
                        .getDecimal(0)
                        .longValue());
              }
            });
    return hashes;
  }
}
