package io.recupero.summary;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.TimestampType;

/**
 * Counts what was found odd and kept no record out: {@code gold.findings}. A finding of a record
 * counts while that record stands: a correction takes it away.
 */
public final class FindingsJob implements Job {

  /** The table's name. */
  public static final String TABLE = "gold.findings";

  /** What reading and mappings found. */
  public static final String OF_FILES = "silver.findings";

  private static final String LEDGER = "ledger.events";
  private static final String CUSTOMERS = "customers";
  private static final String AFTER_AS_OF = "after_as_of";
  private static final String UNKNOWN_CUSTOMER = "unknown_customer";

  /** Inputs that are dated ahead as a matter of course. */
  private static final Set<String> DATED_AHEAD = Set.of(CUSTOMERS, "holidays", "fx_rates");

  private static final List<String> FOUND =
      List.of("stage", "table", "column", "kind", "text_es", "text_en");
  private static final List<String> FIRST = List.of("file", "record", "key", "value");

  private final Contracts contracts = Contracts.load();
  private final LocalDate asOf;
  private final ZoneId zone;

  /** Makes the job; {@code zone} tells the day of a time. */
  public FindingsJob(LocalDate asOf, ZoneId zone) {
    this.asOf = asOf;
    this.zone = zone;
  }

  @Override
  public String name() {
    return "findings";
  }

  @Override
  public List<String> inputs() {
    return Stream.concat(
            contracts.inputs().stream().map(FindingsJob::silver), Stream.of(OF_FILES, LEDGER))
        .toList();
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", asOf.toString());
    settings.put("timezone", zone.getId());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    List<Dataset<Row>> found = new ArrayList<>(List.of(ofLedger(inputs.read(LEDGER))));
    inputs.find(OF_FILES).map(FindingsJob::ofFiles).ifPresent(found::add);
    List<Contract> present =
        contracts.inputs().stream().filter(it -> inputs.present(silver(it))).toList();
    if (!present.isEmpty()) {
      found.add(ofRecords(inputs, present));
    }
    Column[] kinds = FOUND.stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> counted =
        found.stream()
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .groupBy(kinds)
            .agg(
                sum("records").as("records"),
                min(struct("place", "key", "value", "batch", "file", "record")).as("first"));
    Column[] columns =
        contracts.contract(TABLE).names().stream()
            .map(name -> FIRST.contains(name) ? col("first." + name) : col(name))
            .toArray(Column[]::new);
    return Map.of(
        TABLE,
        counted
            .withColumn("text_es", text("es"))
            .withColumn("text_en", text("en"))
            .select(columns)
            .coalesce(1));
  }

  private static String silver(Contract input) {
    return "silver." + input.table();
  }

  /** Returns a row for each finding of each record that stands. */
  private Dataset<Row> ofRecords(Inputs inputs, List<Contract> present) {
    Column newest = max("known_at").over(Window.partitionBy("table", "key"));
    Dataset<Row> standing =
        present.stream()
            .map(input -> looked(input, inputs.read(silver(input))))
            .reduce(Dataset::unionByName)
            .orElseThrow()
            .withColumn("_newest", newest)
            .where("known_at >= _newest AND _lines <> ''")
            .withColumn(
                "_found", explode(transform(split(col("_lines"), "\n"), FindingsJob::found)))
            .selectExpr(
                "'judging' AS stage",
                "table",
                "_found.column",
                "_found.kind",
                "CAST(NULL AS STRING) AS text_es",
                "CAST(NULL AS STRING) AS text_en",
                "1L AS records",
                "IF(_found.kind = '" + AFTER_AS_OF + "', -_day, 0L) AS place",
                "batch",
                "file",
                "record",
                "key",
                "_found.value");
    return inputs
        .find("silver." + CUSTOMERS)
        .map(
            customers ->
                standing.join(
                    customers.selectExpr("customer_id AS _customer").distinct(),
                    expr("kind = '" + UNKNOWN_CUSTOMER + "' AND value = _customer"),
                    "left_anti"))
        .orElse(standing);
  }

  /** Takes a line apart: column, kind and, with its blanks, the value. */
  private static Column found(Column line) {
    Column words = split(line, " ", 3);
    return struct(
        nullif(get(words, lit(0)), lit("-")).as("column"),
        get(words, lit(1)).as("kind"),
        nullif(get(words, lit(2)), lit("")).as("value"));
  }

  /**
   * Returns the few records with something to tell, and all versions of those that were corrected:
   * its findings in lines, each with column, kind and value.
   */
  private Dataset<Row> looked(Contract input, Dataset<Row> records) {
    Column lines = col("_findings");
    Column day = lit(null).cast("bigint");
    if (input.mainDate().isPresent() && !DATED_AHEAD.contains(input.table())) {
      String date = input.mainDate().get();
      boolean isTime = input.column(date).type() instanceof TimestampType;
      Column on = isTime ? to_date(from_utc_timestamp(col(date), zone.getId())) : col(date);
      Column ahead =
          when(on.gt(lit(asOf)), concat_ws(" ", lit(date + " " + AFTER_AS_OF), on.cast("string")));
      day = unix_date(on).cast("bigint");
      lines = concat_ws("\n", lines, ahead);
    }
    return records
        .select(
            lit(input.table()).as("table"),
            key(input).as("key"),
            coalesce(lines, lit("")).as("_lines"),
            day.as("_day"),
            col("_batch").as("batch"),
            col("_file").as("file"),
            col("_record").as("record"),
            col("known_at"),
            col("_repeated"))
        .where("_lines <> '' OR _repeated")
        .drop("_repeated");
  }

  private static Column key(Contract input) {
    return concat_ws(
        "|", input.keys().stream().map(name -> col(name).cast("string")).toArray(Column[]::new));
  }

  private static Dataset<Row> ofFiles(Dataset<Row> files) {
    return files.drop("content").withColumn("place", lit(0L));
  }

  private static Dataset<Row> ofLedger(Dataset<Row> events) {
    return events
        .where("finding IS NOT NULL")
        .selectExpr(
            "'ledger' AS stage",
            "'" + LEDGER + "' AS table",
            "CAST(NULL AS STRING) AS column",
            "finding AS kind",
            "CAST(NULL AS STRING) AS text_es",
            "CAST(NULL AS STRING) AS text_en",
            "1L AS records",
            "CAST(UNIX_DATE(effective_on) AS BIGINT) AS place",
            "CAST(NULL AS STRING) AS batch",
            "CAST(NULL AS STRING) AS file",
            "CAST(NULL AS BIGINT) AS record",
            "COALESCE(source_id, invoice_id) AS key",
            "CAST(effective_on AS STRING) AS value");
  }

  /** Returns the finding's own text, else its kind's; a kind without text stands for itself. */
  private Column text(String language) {
    List<Column> entries =
        contracts.contract(TABLE).reasons().entrySet().stream()
            .flatMap(it -> Stream.of(lit(it.getKey()), lit(it.getValue().in(language))))
            .toList();
    Column known = try_element_at(map(entries.toArray(Column[]::new)), col("kind"));
    Column named =
        when(col("column").isNull(), known).otherwise(replace(known, lit("%s"), col("column")));
    return coalesce(col("text_" + language), named, col("kind"));
  }
}
