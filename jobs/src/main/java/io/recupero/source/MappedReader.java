package io.recupero.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a batch through its mapping. */
final class MappedReader {

  private static final String TRIED = "_tried";

  private final Batch batch;
  private final Mapping mapping;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Found> found = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final MappedSources sources;

  MappedReader(SparkSession spark, Bronze bronze, Batch batch, Mapping mapping) {
    NumberText.register(spark);
    this.batch = batch;
    this.mapping = mapping.arrived(batch.arrivedAt());
    this.sources = new MappedSources(spark, bronze, batch, this.mapping, problems, found, warnings);
  }

  SourceTables read() {
    Map<String, Dataset<Row>> frames = new LinkedHashMap<>();
    for (Mapping.Table table : mapping.tables()) {
      Dataset<Row> from = sources.frame(table.from());
      Dataset<Row> frame =
          from == null || !known(table, from)
              ? null
              : new MappedTable(table, from, problems).read();
      if (frame != null) {
        (table.negativeIsCredit() ? NegativeInvoices.split(frame) : Map.of(table.table(), frame))
            .forEach(
                (name, rows) ->
                    frames.merge(name, Lineage.of(rows, name, batch), SourceTables::union));
      }
    }
    Dataset<Row> findings = findings();
    if (!problems.isEmpty()) {
      throw new SourceException(problems.stream().distinct().toList());
    }
    return new SourceTables(frames, findings, List.copyOf(found), List.copyOf(warnings));
  }

  /** Holds the columns that expressions use against those that are there. */
  private boolean known(Mapping.Table table, Dataset<Row> from) {
    int before = problems.size();
    table
        .columns()
        .forEach((name, sql) -> known(sql, table.table() + "." + name, table.from(), from));
    if (table.where() != null) {
      known(table.where(), "where of " + table.table(), table.from(), from);
    }
    return problems.size() == before;
  }

  private boolean known(Mapping.Finding finding, Dataset<Row> from) {
    int before = problems.size();
    known(finding.when(), "the finding " + finding.id(), finding.from(), from);
    return problems.size() == before;
  }

  private void known(Mapping.Sql sql, String what, String name, Dataset<Row> from) {
    List<String> columns =
        Arrays.stream(from.columns()).filter(c -> !RawFrames.OWN.contains(c)).toList();
    for (String used : SqlCheck.expression(sql, what, problems)) {
      if (!SqlCheck.has(columns, used) && !RawFrames.OWN.contains(used)) {
        problems.add(
            sql.place()
                .problem(
                    what
                        + " uses "
                        + used
                        + ", which "
                        + name
                        + " lacks."
                        + Nearest.question(used, columns)
                        + " There are: "
                        + String.join(" | ", columns)
                        + "."));
      }
    }
  }

  private Dataset<Row> findings() {
    Dataset<Row> all = null;
    for (Mapping.Finding finding : mapping.findings()) {
      Dataset<Row> from = sources.frame(finding.from());
      Dataset<Row> rows =
          from == null || !known(finding, from)
              ? null
              : SqlCheck.tried(
                  finding.when(),
                  "the finding " + finding.id(),
                  from,
                  () ->
                      from.filter(col(TextSpec.PROBLEM).isNull())
                          .withColumn(TRIED, Attempt.of(expr(finding.when().text())))
                          .filter(col(TRIED + ".value")),
                  problems);
      if (rows != null) {
        List<Column> columns = new ArrayList<>();
        columns.add(lit(finding.id()).as("finding"));
        columns.add(lit(finding.es()).as("text_es"));
        columns.add(lit(finding.en()).as("text_en"));
        columns.addAll(Lineage.columns(batch));
        Dataset<Row> found = rows.select(columns.toArray(Column[]::new));
        all = all == null ? found : all.unionByName(found);
      }
    }
    return all;
  }
}
