package io.recupero.kpi;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where an evaluation finds its tables. */
@FunctionalInterface
public interface MartReader {

  /** The table of exchange rates: rate_date, from_currency, to_currency, rate, known_at. */
  String RATES = "silver.fx_rates";

  /** Returns the table named {@code mart}: a mart of additive deltas, or {@link #RATES}. */
  Dataset<Row> read(String mart);
}
