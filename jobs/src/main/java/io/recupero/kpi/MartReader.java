package io.recupero.kpi;

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

  /** Returns the tables of one release; a release without rates has an empty table of them. */
  static MartReader of(ReleasedLake lake) {
    return mart ->
        mart.equals(RATES) && !lake.tables().contains(RATES)
            ? lake.spark()
                .createDataFrame(
                    List.of(),
                    StructType.fromDDL(
                        "rate_date DATE, from_currency STRING, to_currency STRING,"
                            + " rate DECIMAL(28,12)"))
            : lake.read(mart);
  }
}
