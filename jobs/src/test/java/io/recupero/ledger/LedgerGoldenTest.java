package io.recupero.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import io.recupero.TestSpark;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LedgerGoldenTest {

  @Test
  @DisplayName("every invoice of the worked example has the balance worked out for it")
  void balances() {
    Path golden = Golden.folder();
    Dataset<Row> events = PlainSilver.ledger(golden.resolve("input"), "America/Santiago").cache();
    for (String day : new String[] {"2024-01-31", "2024-02-29", "2024-03-31"}) {
      Map<String, String> expected = new TreeMap<>();
      TestSpark.session()
          .read()
          .option("header", true)
          .csv(golden.resolve("expected_open.csv").toString())
          .where("`open_" + day + "` IS NOT NULL")
          .selectExpr("invoice_id", "CAST(CAST(`open_" + day + "` AS DECIMAL(18,4)) AS STRING)")
          .collectAsList()
          .forEach(r -> expected.put(r.getString(0), r.getString(1)));
      Map<String, String> actual = new TreeMap<>();
      events
          .where("invoice_id IS NOT NULL AND kind <> 'write_off_recovery'")
          .where("effective_on <= '" + day + "'")
          .groupBy("invoice_id")
          .agg(
              org.apache.spark.sql.functions.expr(
                  "CAST(CAST(SUM(amount) AS DECIMAL(18,4)) AS STRING)"))
          .collectAsList()
          .forEach(r -> actual.put(r.getString(0), r.getString(1)));
      assertThat(actual).as(day).isEqualTo(expected);
    }
  }
}
