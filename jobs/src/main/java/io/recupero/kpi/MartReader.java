package io.recupero.kpi;

import io.recupero.contract.Contracts;
import io.recupero.lake.ReleasedLake;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Where an evaluation finds its tables. */
@FunctionalInterface
public interface MartReader {

  /** The table of exchange rates: rate_date, from_currency, to_currency, rate, known_at. */
  String RATES = "silver.fx_rates";

  /** The mart whose first day is the first on which anything was owed. */
  String HISTORY = "gold.billing_daily";

  /** Returns the table named {@code mart}: a mart of additive deltas, or {@link #RATES}. */
  Dataset<Row> read(String mart);

  /** Returns whether an input was ever delivered, such as {@code payments}; true by default. */
  default boolean has(String input) {
    return true;
  }

  /** Returns the tables of one release; one that it lacks was never delivered: it has no rows. */
  static MartReader of(ReleasedLake lake, Contracts contracts) {
    return new MartReader() {
      @Override
      public Dataset<Row> read(String table) {
        if (lake.tables().contains(table)) {
          return lake.read(table);
        }
        StructType schema =
            table.startsWith("silver.")
                ? contracts.silver(table.substring("silver.".length()))
                : contracts.contract(table).schema();
        return lake.spark().createDataFrame(List.of(), schema);
      }

      @Override
      public boolean has(String input) {
        return lake.tables().contains("silver." + input);
      }
    };
  }
}
