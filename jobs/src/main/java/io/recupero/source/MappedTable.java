package io.recupero.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The records that one block of a mapping makes of a source or view. An expression that fails on a
 * record makes that column of it unreadable, and nothing else.
 */
final class MappedTable {

  private static final String TRIED = "_tried_";
  private static final String WHERE = TRIED + "where";

  private final Mapping.Table table;
  private final Dataset<Row> from;
  private final List<Problem> problems;
  private final Map<String, DataType> types;
  private final List<Column> written = new ArrayList<>();
  private final List<Column> findings = new ArrayList<>();
  private final List<Column> failures = new ArrayList<>();

  /**
   * @param problems receives what is wrong with the expressions themselves
   */
  MappedTable(Mapping.Table table, Dataset<Row> from, List<Problem> problems) {
    this.table = table;
    this.from = from;
    this.problems = problems;
    this.types = Canonical.types(table.table());
  }

  /** Returns the records as canonical text; null when an expression is wrong. */
  Dataset<Row> read() {
    int before = problems.size();
    Dataset<Row> rows = table.where() == null ? from : chosen();
    List<Column> tried = new ArrayList<>();
    List<Column> texts = new ArrayList<>();
    table.columns().forEach((name, sql) -> add(name, sql, tried, texts));
    if (problems.size() > before) {
      return null;
    }
    Arrays.stream(rows.columns())
        .filter(name -> RawFrames.OWN.contains(name) || name.equals(WHERE))
        .forEach(name -> tried.add(col(name)));
    for (String own : List.of(TextSpec.FILE, TextSpec.RECORD, RawFrames.RAW)) {
      texts.add(col(own));
    }
    if (List.of(rows.columns()).contains(TriedView.FAILED)) {
      failed(col(TriedView.FAILED), col(TriedView.FAILED));
    }
    failures.add(0, col(TextSpec.PROBLEM));
    texts.add(coalesce(failures.toArray(Column[]::new)).as(TextSpec.PROBLEM));
    texts.add(lines(findings).as(Lineage.FINDINGS));
    texts.add(lines(written).as(Lineage.WRITTEN));
    texts.add(lit(table.formats().rounding()).cast("string").as(Lineage.ROUNDING));
    return rows.select(tried.toArray(Column[]::new)).select(texts.toArray(Column[]::new));
  }

  private static Column lines(List<Column> lines) {
    return nullif(concat_ws("\n", lines.toArray(Column[]::new)), lit(""));
  }

  /** Returns the rows that the table takes, and those for which that is unknown. */
  private Dataset<Row> chosen() {
    Dataset<Row> rows =
        tried(
            table.where(),
            "where of " + table.table(),
            () ->
                from.withColumn(WHERE, Attempt.of(expr(table.where().text())))
                    .filter(
                        col(TextSpec.PROBLEM)
                            .isNotNull()
                            .or(coalesce(col(WHERE + ".value"), lit(true)))));
    fails(table.where(), "where", col(WHERE + ".error"));
    return rows == null ? from : rows;
  }

  private void add(String name, Mapping.Sql sql, List<Column> tried, List<Column> texts) {
    Dataset<Row> alone =
        tried(sql, table.table() + "." + name, () -> from.select(expr(sql.text()).as(name)));
    if (alone == null) {
      return;
    }
    DataType type = alone.schema().apply(0).dataType();
    Column value = expr(sql.text());
    boolean safe =
        CollectionConverters.asJava(alone.queryExecution().analyzed().expressions()).stream()
            .noneMatch(Attempt::canFail);
    Column read = col(TextSpec.PROBLEM).isNull();
    tried.add(when(read, safe ? value : Attempt.of(value)).as(TRIED + name));
    Column found = safe ? col(TRIED + name) : col(TRIED + name + ".value");
    Column text = CanonicalText.of(found, type);
    if (!safe) {
      text = text(name, sql, text, col(TRIED + name + ".error"));
    }
    if (type.equals(DataTypes.StringType)) {
      describe(name, sql, text);
    }
    texts.add(text.as(name));
  }

  /** Says of a column whose expression fails what that means: see the class. */
  private Column text(String name, Mapping.Sql sql, Column text, Column error) {
    Column failed = concat_ws(" ", lit(place(sql)), error);
    if (types.containsKey(name) && !types.get(name).equals(DataTypes.StringType)) {
      // no date or number looks like this, so that the judge finds it unreadable
      written.add(when(error.isNotNull(), concat_ws("\t", lit("invalid_" + name), failed)));
      return when(error.isNotNull(), failed).otherwise(text);
    }
    if (types.containsKey(name) && Canonical.isAttribute(table.table(), name)) {
      findings.add(when(error.isNotNull(), concat_ws(" ", lit(name + " unreadable"), failed)));
    } else {
      fails(sql, name, error);
    }
    return text;
  }

  private void fails(Mapping.Sql sql, String what, Column error) {
    failed(error, concat_ws(" ", lit(what), lit(place(sql)), error));
  }

  /** Refuses the records that have an error. */
  private void failed(Column error, Column text) {
    failures.add(when(error.isNotNull(), lit("failed_expression")));
    written.add(when(error.isNotNull(), concat_ws("\t", lit("failed_expression"), text)));
  }

  /** Notes how a text that is no number or date should have been written in this source. */
  private void describe(String name, Mapping.Sql sql, Column text) {
    DataType type = types.get(name);
    String form = null;
    String example = null;
    if (type instanceof DecimalType) {
      form = CanonicalText.NUMBER;
      example = table.formats().exampleNumber();
    } else if (type instanceof DateType) {
      form = CanonicalText.DATE;
      example = table.formats().exampleDate();
    }
    if (form != null && !sql.text().matches("(?s)'[^']*'")) {
      written.add(
          when(
              not(text.rlike(form)),
              concat_ws("\t", lit("invalid_" + name), lit(place(sql)), lit(example))));
    }
  }

  static String place(Mapping.Sql sql) {
    return java.nio.file.Path.of(sql.place().file()).getFileName() + ":" + sql.place().line();
  }

  private Dataset<Row> tried(Mapping.Sql sql, String what, Supplier<Dataset<Row>> query) {
    return SqlCheck.tried(sql, what, from, query, problems);
  }
}
