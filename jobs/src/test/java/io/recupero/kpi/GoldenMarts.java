package io.recupero.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.recupero.Shared;
import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import io.recupero.ledger.Ledger;
import io.recupero.ledger.PlainSilver;
import io.recupero.ledger.SilverFrames;
import io.recupero.mart.AgeingScheme;
import io.recupero.mart.Marts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The marts of a worked scenario, made as the jobs make them, and its expected figures. */
final class GoldenMarts {

  private final Path folder;
  private final Map<String, Dataset<Row>> tables = new HashMap<>();

  GoldenMarts(String name, LocalDate horizon) throws IOException {
    folder = Shared.folder(name);
    SilverFrames silver = PlainSilver.of(folder.resolve("input"), "America/Santiago");
    Marts marts = new Marts(Marts.standard(AgeingScheme.STANDARD, 0), horizon);
    Dataset<Row> ledger = Ledger.events(silver, true);
    Dataset<Row> deltas = marts.deltas(ledger, silver.invoices(), attributes()).cache();
    marts.tables(deltas).forEach((mart, table) -> tables.put(mart, table.cache()));
    tables.put(
        MartReader.RATES,
        MartTables.rates(
            csv("input/fx_rates.csv").stream()
                .map(
                    row -> {
                      Map<String, String> rate = new LinkedHashMap<>();
                      for (String column :
                          List.of("rate_date", "from_currency", "to_currency", "rate")) {
                        rate.put(column, row.get(column));
                      }
                      return rate;
                    })
                .toList()));
  }

  KpiResult answer(KpiQuery query) {
    return new Kpis(Cards.load(), MartShape.all(Contracts.load()), tables::get).evaluate(query);
  }

  /** Returns the rows of a file without quoted fields; an empty field is null. */
  List<Map<String, String>> csv(String file) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(file));
    String[] header = lines.get(0).split(",");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], fields[i].isEmpty() ? null : fields[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private Dataset<Row> attributes() {
    Dataset<Row> customers =
        TestSpark.session()
            .read()
            .option("header", true)
            .csv(folder.resolve("input/customers.csv").toString());
    for (String column :
        List.of("valid_from", "segment", "country", "region", "industry", "company_size")) {
      if (!List.of(customers.columns()).contains(column)) {
        customers = customers.withColumn(column, lit(null).cast("string"));
      }
    }
    return customers.withColumn("valid_from", col("valid_from").cast("date"));
  }
}
