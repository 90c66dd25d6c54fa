package io.recupero.source;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a foreign source reaches the canonical shape: which files, how they are written, and an
 * expression per column.
 *
 * @param name the mapping's own; with it the files it took are known again
 * @param path the mapping file
 * @param base the folder of its files when the caller gives none; null when the caller has to
 * @param assumptions what the source does not say and the mapping supposes
 * @param sources the files, by the name that SQL calls them
 * @param views a query over sources and earlier views, by name
 * @param tables what makes canonical records; several may make records of one table
 * @param findings what is odd in the source and does not keep a record from being taken
 */
public record Mapping(
    String name,
    Path path,
    Path base,
    List<String> assumptions,
    Map<String, Source> sources,
    Map<String, Sql> views,
    List<Table> tables,
    List<Finding> findings) {

  /** Returns this mapping as it reads files that arrived then: years of two digits depend on it. */
  Mapping arrived(Instant at) {
    String year = String.valueOf(at.atZone(ZoneOffset.UTC).getYear());
    return new Mapping(
        name,
        path,
        base,
        assumptions,
        sources,
        arrived(views, year),
        tables.stream().map(table -> table.arrived(year)).toList(),
        findings.stream().map(finding -> finding.arrived(year)).toList());
  }

  private static Map<String, Sql> arrived(Map<String, Sql> all, String year) {
    Map<String, Sql> arrived = new LinkedHashMap<>();
    all.forEach((name, sql) -> arrived.put(name, sql.arrived(year)));
    return arrived;
  }

  /**
   * Files of one shape.
   *
   * @param files a path or glob, relative to the input folder
   * @param optional whether it may be absent
   * @param format csv, json or parquet; null when the files' endings tell
   * @param nulls texts that mean nothing
   * @param columns those it must have; null when only those that are used
   * @param place where it stands in the mapping
   */
  record Source(
      String files,
      boolean optional,
      String format,
      Dialect dialect,
      List<String> nulls,
      Formats formats,
      List<String> columns,
      Place place) {}

  /**
   * One way to make a table's records.
   *
   * @param from a source or a view
   * @param where which of its rows; null for all. A row for which it is unknown is taken, for the
   *     judge to see
   * @param columns an expression for each canonical column it fills
   * @param formats how its source is written
   * @param negativeIsCredit whether a negative invoice is a credit note
   */
  record Table(
      String table,
      String from,
      Sql where,
      Map<String, Sql> columns,
      Formats formats,
      boolean negativeIsCredit,
      Place place) {

    private Table arrived(String year) {
      return new Table(
          table,
          from,
          where == null ? null : where.arrived(year),
          Mapping.arrived(columns, year),
          formats,
          negativeIsCredit,
          place);
    }
  }

  /**
   * A question about the source's rows.
   *
   * @param id names it
   * @param es what it means, in Spanish
   * @param en the same in English
   * @param when true for the rows it concerns
   */
  record Finding(String id, String es, String en, String from, Sql when, Place place) {

    private Finding arrived(String year) {
      return new Finding(id, es, en, from, when.arrived(year), place);
    }
  }

  /** A piece of SQL as Spark reads it, and where it stands. */
  record Sql(String text, Place place) {

    private Sql arrived(String year) {
      return new Sql(text.replace(Formats.ARRIVAL_YEAR + "()", year), place);
    }
  }
}
