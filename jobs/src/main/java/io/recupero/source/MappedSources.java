package io.recupero.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.recupero.sql.SqlQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/** The frames of a mapping's sources and views, for one batch. */
final class MappedSources {

  private final SparkSession spark;
  private final RawFrames frames;
  private final Batch batch;
  private final Mapping mapping;
  private final List<Problem> problems;
  private final Set<Found> found;
  private final Set<String> warnings;
  private final Map<String, Dataset<Row>> whole = new HashMap<>();

  MappedSources(
      SparkSession spark,
      Bronze bronze,
      Batch batch,
      Mapping mapping,
      List<Problem> problems,
      Set<Found> found,
      Set<String> warnings) {
    this.spark = spark;
    this.frames = new RawFrames(spark, bronze, Canonical::clean);
    this.batch = batch;
    this.mapping = mapping;
    this.problems = problems;
    this.found = found;
    this.warnings = warnings;
  }

  /**
   * Returns the records of a source's or view's new files; null when nothing of it is new or it
   * cannot be read.
   */
  Dataset<Row> frame(String name) {
    if (!isNew(name)) {
      return null;
    }
    if (mapping.sources().containsKey(name)) {
      return source(name, files(batch.files(), name));
    }
    int before = problems.size();
    Dataset<Row> view = view(name);
    return problems.size() > before || view == null
        ? null
        : withUnreadable(TriedView.of(view), name);
  }

  private boolean isNew(String name) {
    return sourcesOf(name).stream().anyMatch(s -> !files(batch.files(), s).isEmpty());
  }

  /** Returns the sources that a source or view reads, directly or through other views. */
  private Set<String> sourcesOf(String name) {
    if (mapping.sources().containsKey(name)) {
      return Set.of(name);
    }
    Set<String> found = new LinkedHashSet<>();
    parts(name).forEach(part -> found.addAll(sourcesOf(part)));
    return found;
  }

  /** Returns the sources and earlier views that a view's query names. */
  private Set<String> parts(String view) {
    List<String> names = new ArrayList<>(mapping.sources().keySet());
    for (String other : mapping.views().keySet()) {
      if (other.equals(view)) {
        break;
      }
      names.add(other);
    }
    return SqlCheck.read(mapping.views().get(view).text(), names);
  }

  private static List<Taken> files(List<Taken> files, String source) {
    return files.stream().filter(f -> f.table().equals(source)).toList();
  }

  private Dataset<Row> source(String name, List<Taken> files) {
    Mapping.Source source = mapping.sources().get(name);
    List<RawFrames.RawFrame> raw =
        frames.read(files, source.format(), source.dialect(), wanted(name), problems);
    raw.forEach(r -> found.addAll(r.found()));
    raw.forEach(r -> warnings.addAll(r.warnings()));
    raw.stream().flatMap(r -> r.headers().stream()).forEach(h -> requireColumns(source, h));
    return raw.stream()
        .map(r -> withoutNulls(r.frame(), source.nulls()))
        .reduce((a, b) -> a.unionByName(b, true))
        .orElse(null);
  }

  /** Returns the columns of a source that the mapping speaks of. */
  private Wanted wanted(String source) {
    Set<String> used = new LinkedHashSet<>(mapping.sources().get(source).columns());
    Set<String> needed = new LinkedHashSet<>();
    for (String view : mapping.views().keySet()) {
      if (sourcesOf(view).contains(source)) {
        needed.addAll(SqlCheck.words(mapping.views().get(view).text()));
      }
    }
    for (Mapping.Table table : mapping.tables()) {
      if (sourcesOf(table.from()).contains(source)) {
        List<String> required = Canonical.required(table.table());
        table
            .columns()
            .forEach(
                (column, sql) -> (required.contains(column) ? needed : used).addAll(columns(sql)));
        used.addAll(table.where() == null ? Set.of() : columns(table.where()));
      }
    }
    mapping.findings().stream()
        .filter(finding -> sourcesOf(finding.from()).contains(source))
        .forEach(finding -> used.addAll(columns(finding.when())));
    used.addAll(needed);
    return new Wanted(named(used), named(needed));
  }

  private static Set<String> columns(Mapping.Sql sql) {
    return SqlCheck.expression(sql, "", new ArrayList<>());
  }

  private static Set<String> named(Set<String> words) {
    return words.stream().map(Canonical::name).collect(Collectors.toSet());
  }

  private void requireColumns(Mapping.Source source, RawFrames.Header header) {
    for (String column : source.columns()) {
      if (!SqlCheck.has(header.columns(), column)) {
        problems.add(
            new Problem(
                header.file(),
                header.line(),
                "the column "
                    + column
                    + " is missing, which "
                    + source.place().file()
                    + ":"
                    + source.place().line()
                    + " expects."
                    + Nearest.question(column, header.columns())
                    + " Found: "
                    + String.join(" | ", header.columns())
                    + "."));
      }
    }
  }

  private static Dataset<Row> withoutNulls(Dataset<Row> frame, List<String> nulls) {
    if (nulls.isEmpty()) {
      return frame;
    }
    List<Column> columns = new ArrayList<>();
    for (String name : frame.columns()) {
      Column value = RawFrames.quoted(name);
      boolean own = RawFrames.OWN.contains(name);
      columns.add(
          own ? value : when(value.isin(nulls.toArray()), lit(null)).otherwise(value).as(name));
    }
    return frame.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> view(String name) {
    Mapping.Sql sql = mapping.views().get(name);
    Map<String, Dataset<Row>> parts = new LinkedHashMap<>();
    for (String part : parts(name)) {
      Dataset<Row> frame = mapping.sources().containsKey(part) ? readable(part) : view(part);
      if (frame != null) {
        parts.put(part, frame);
      }
    }
    // The session is shared; the views exist only while this query is resolved.
    parts.forEach((part, frame) -> frame.createOrReplaceTempView(part));
    try {
      Dataset<Row> rows = query(sql, name);
      List<String> refusals = SqlQuery.refusals(rows, parts.keySet());
      refusals.forEach(
          why -> problems.add(SqlCheck.invalid(sql, "query of the view " + name, why)));
      return refusals.isEmpty() ? rows : null;
    } catch (Exception e) {
      problems.add(SqlCheck.invalid(sql, "query of the view " + name, SqlQuery.complaint(e)));
      return null;
    } finally {
      parts.keySet().forEach(part -> spark.catalog().dropTempView(part));
    }
  }

  /** What fails in the query while it runs is then said to be of this view, with its line. */
  private Dataset<Row> query(Mapping.Sql sql, String view) {
    String named = MappedTable.place(sql) + ", view " + view;
    Origin before = CurrentOrigin.get();
    Option<String> type = Option.apply("VIEW");
    CurrentOrigin.set(
        before.copy(
            before.line(),
            before.startPosition(),
            before.startIndex(),
            before.stopIndex(),
            before.sqlText(),
            type,
            Option.apply(named),
            before.stackTrace(),
            before.pysparkErrorContext(),
            before.positionMapper()));
    try {
      return spark.sql(sql.text());
    } finally {
      CurrentOrigin.set(before);
    }
  }

  /** Returns the records of all files of a source, new and unchanged, that could be read. */
  private Dataset<Row> readable(String name) {
    Dataset<Row> all = all(name);
    return all == null ? null : all.filter(col(TextSpec.PROBLEM).isNull());
  }

  private Dataset<Row> all(String name) {
    if (!whole.containsKey(name)) {
      List<Taken> files = new ArrayList<>(files(batch.files(), name));
      files.addAll(files(batch.unchanged(), name));
      whole.put(name, source(name, files));
    }
    return whole.get(name);
  }

  /** Adds the records of a view's sources that no query can use because they could not be read. */
  private Dataset<Row> withUnreadable(Dataset<Row> view, String name) {
    Set<String> lacking =
        new LinkedHashSet<>(
            List.of(TextSpec.FILE, TextSpec.RECORD, RawFrames.RAW, TextSpec.PROBLEM));
    List.of(view.columns()).forEach(lacking::remove);
    if (!lacking.isEmpty()) {
      problems.add(
          mapping
              .views()
              .get(name)
              .place()
              .problem(
                  "Invalid query of the view "
                      + name
                      + ": its rows do not say which record they come from; "
                      + String.join(", ", lacking)
                      + " is missing. Select o.* (or these columns) of the source whose records they are."));
      return null;
    }
    Dataset<Row> result = view;
    for (String source : sourcesOf(name)) {
      Dataset<Row> all = all(source);
      if (all != null) {
        result =
            result.unionByName(
                all.filter(col(TextSpec.PROBLEM).isNotNull())
                    .select(TextSpec.FILE, TextSpec.RECORD, RawFrames.RAW, TextSpec.PROBLEM),
                true);
      }
    }
    return result;
  }
}
