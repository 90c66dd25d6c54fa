package io.recupero.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a mapping of its YAML, noting everything that is wrong with it. */
final class MappingReader {

  private static final Set<String> KEYS =
      Set.of(
          "mapping",
          "about",
          "extends",
          "base",
          "assumptions",
          "formats",
          "sources",
          "views",
          "tables",
          "findings");
  private static final Set<String> FORMAT_KEYS =
      Set.of("dates", "times", "timezone", "decimal", "thousands", "currency", "rounding");
  private static final Set<String> TABLE_KEYS = Set.of("from", "where", "columns", "negative_as");
  private static final String ASCII = ",;|\t\"'\r\n 0123456789";
  private static final Set<String> SOURCE_KEYS =
      Set.of(
          "files",
          "optional",
          "format",
          "delimiter",
          "quote",
          "escape",
          "header_row",
          "skip_rows",
          "encoding",
          "nulls",
          "columns",
          "dates",
          "times",
          "timezone",
          "decimal",
          "thousands",
          "currency",
          "rounding");

  private final Path file;
  private final Located root;
  private final List<Problem> problems;
  private final Map<String, Mapping.Source> sources = new LinkedHashMap<>();
  private final Map<String, Mapping.Sql> views = new LinkedHashMap<>();
  private Formats formats = Formats.CANONICAL;

  MappingReader(Path file, Located root, List<Problem> problems) {
    this.file = file;
    this.root = root;
    this.problems = problems;
  }

  Mapping read() {
    known(root, KEYS, "a mapping");
    if (root.field("formats") != null) {
      known(root.field("formats"), FORMAT_KEYS, "formats");
      formats = formats(root.field("formats"), Formats.CANONICAL);
    }
    section("sources").forEach((name, node) -> sources.put(name, source(name, node)));
    section("views").forEach((name, node) -> views.put(name, view(name, node)));
    List<Mapping.Table> tables = new ArrayList<>();
    section("tables").forEach((name, node) -> tables(name, node, tables));
    List<Mapping.Finding> findings = new ArrayList<>();
    section("findings").forEach((name, node) -> findings.add(finding(name, node)));
    if (sources.isEmpty() || tables.isEmpty()) {
      problems.add(
          root.place()
              .problem(
                  "Invalid mapping: it needs sources: and tables:. See schemas/mappings/README.md."));
    }
    String stem = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    Path from = base();
    return new Mapping(
        root.text("mapping", stem),
        file,
        from,
        root.texts("assumptions", List.of()),
        sources,
        views,
        tables,
        findings);
  }

  /**
   * Returns where the files are when nobody says it. A mapping may have been copied from anybody:
   * it reaches what lies beside it or below the working directory, and the rest of the machine
   * never.
   */
  private Path base() {
    String base = root.text("base");
    if (base == null) {
      return null;
    }
    Path own = file.toAbsolutePath().normalize().getParent();
    Path from = own.resolve(base).normalize();
    boolean near = from.startsWith(own) || from.startsWith(Path.of("").toAbsolutePath());
    if (Path.of(base).isAbsolute() || !near) {
      problems.add(
          root.field("base")
              .place()
              .problem(
                  "Invalid base "
                      + base
                      + ": it is a relative path that ends beside this file or below the working"
                      + " directory. Name any other folder with --input."));
      return null;
    }
    return from;
  }

  private void files(String name, Located node) {
    String files = node.text("files");
    if (files == null) {
      problems.add(
          node.place().problem("Invalid source " + name + ": it lacks files: (a path or glob)."));
    } else if (files.length() > 1000 || !MappedFiles.isBelow(files)) {
      problems.add(
          node.field("files")
              .place()
              .problem(
                  "Invalid files "
                      + files.substring(0, Math.min(files.length(), 200))
                      + ": it is a path or glob below the input folder, without / at its beginning"
                      + " and without .. in it. Name the folder itself with --input."));
    }
  }

  private Map<String, Located> section(String name) {
    Located section = root.field(name);
    return section == null ? Map.of() : section.fields();
  }

  private Mapping.Source source(String name, Located node) {
    known(node, SOURCE_KEYS, "the source " + name);
    files(name, node);
    String format = node.text("format");
    if (format != null && !Set.of("csv", "json", "parquet").contains(format)) {
      problems.add(
          node.field("format")
              .place()
              .problem("Invalid format " + format + ". Use csv, json or parquet."));
    }
    String encoding = node.text("encoding");
    if (encoding != null && !usable(encoding)) {
      problems.add(
          node.field("encoding")
              .place()
              .problem(
                  "Invalid encoding "
                      + encoding
                      + ". Use UTF-8, UTF-16, ISO-8859-1 or windows-1252, or leave it out: the file shows it."));
      encoding = null;
    }
    Character quote = sign(node, "quote");
    Character escape = sign(node, "escape");
    Dialect dialect =
        new Dialect(
            sign(node, "delimiter"),
            quote == null ? '"' : quote,
            escape != null && escape.equals(quote == null ? '"' : quote) ? null : escape,
            encoding,
            false,
            number(node, "header_row"),
            number(node, "skip_rows"));
    if (dialect.headerRow() > 0 && dialect.skipRows() > 0) {
      problems.add(
          node.field("skip_rows")
              .place()
              .problem("Invalid source " + name + ": say header_row or skip_rows, not both."));
    }
    return new Mapping.Source(
        node.text("files", ""),
        "true".equals(node.text("optional")),
        format,
        dialect,
        node.texts("nulls", List.of()),
        formats(node, formats),
        node.texts("columns", List.of()),
        node.place());
  }

  private static boolean usable(String encoding) {
    try {
      // separators, quotes and digits have to be the bytes of ASCII, or be made so
      return Encoding.isWide(encoding)
          || ASCII.equals(
              new String(ASCII.getBytes(StandardCharsets.US_ASCII), Charset.forName(encoding)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private int number(Located node, String name) {
    String text = node.text(name, "0");
    if (text.matches("[0-9]{1,6}")) {
      return Integer.parseInt(text);
    }
    problems.add(
        node.field(name)
            .place()
            .problem("Invalid " + name + " " + text + ". It is a number of lines, such as 3."));
    return 0;
  }

  private Character sign(Located node, String name) {
    String text = node.text(name);
    if (text == null) {
      return null;
    }
    String sign = text.equals("\\t") ? "\t" : text;
    if (sign.length() != 1 || sign.charAt(0) > 127) {
      problems.add(
          node.field(name)
              .place()
              .problem(
                  "Invalid "
                      + name
                      + " "
                      + text
                      + ". It is one ASCII sign, such as \";\" or \"\\t\"."));
      return null;
    }
    return sign.charAt(0);
  }

  private Formats formats(Located node, Formats otherwise) {
    return new Formats(
        node.texts("dates", otherwise.dates()),
        node.texts("times", otherwise.times()),
        node.text("timezone", otherwise.timezone()),
        node.text("decimal", otherwise.decimal()),
        node.text("thousands", otherwise.thousands()),
        node.text("currency") == null ? otherwise.currency() : Formats.quote(node.text("currency")),
        rounding(node, otherwise.rounding()));
  }

  private String rounding(Located node, String otherwise) {
    String rounding = node.text("rounding", otherwise);
    if (rounding != null && !rounding.equals("half_up")) {
      problems.add(
          node.field("rounding")
              .place()
              .problem("Invalid rounding " + rounding + ". It is half_up, or left out."));
    }
    return rounding;
  }

  private Mapping.Sql view(String name, Located node) {
    if (sources.containsKey(name)) {
      problems.add(
          node.place()
              .problem(
                  "Invalid view " + name + ": a source has that name. Rename one of the two."));
    }
    Mapping.Sql sql = sql(node, "the view " + name, formats);
    if (!sql.text().isBlank()) {
      Set<String> names = new LinkedHashSet<>(sources.keySet());
      names.addAll(views.keySet());
      SqlCheck.query(sql, "the view " + name, names, problems);
    }
    return sql;
  }

  private void tables(String name, Located node, List<Mapping.Table> tables) {
    if (!Canonical.tables().contains(name)) {
      problems.add(
          node.place()
              .problem(
                  "Invalid table "
                      + name
                      + ": it is none of the canonical ones."
                      + Nearest.question(name, Canonical.tables())));
      return;
    }
    List<Located> blocks = node.items().isEmpty() ? List.of(node) : node.items();
    blocks.forEach(block -> tables.add(table(name, block)));
  }

  private Mapping.Table table(String name, Located node) {
    known(node, TABLE_KEYS, "the table " + name);
    String from = from(node, "table " + name);
    Formats own = sources.containsKey(from) ? sources.get(from).formats() : formats;
    Mapping.Sql where =
        node.field("where") == null
            ? null
            : checked(node.field("where"), "where of " + name, own, from);
    Map<String, Mapping.Sql> columns = new LinkedHashMap<>();
    Located given = node.field("columns");
    Formats amounts =
        given == null || given.text("currency") == null
            ? own
            : own.in("(" + sql(given.field("currency"), name + ".currency", own).text() + ")");
    if (given != null) {
      known(given, Canonical.readable(name), "the canonical table " + name);
      given
          .fields()
          .forEach(
              (column, sql) ->
                  columns.put(column, checked(sql, name + "." + column, amounts, from)));
    }
    List<String> missing =
        Canonical.required(name).stream().filter(c -> !columns.containsKey(c)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          node.place()
              .problem(
                  "Invalid table "
                      + name
                      + ": it gives no expression for the required "
                      + String.join(", ", missing)
                      + "."));
    }
    return new Mapping.Table(
        name, from, where, columns, own, negativeIsCredit(name, node), node.place());
  }

  private boolean negativeIsCredit(String name, Located node) {
    String as = node.text("negative_as");
    if (as != null && !(name.equals("invoices") && as.equals("credit_note"))) {
      problems.add(
          node.field("negative_as")
              .place()
              .problem(
                  "Invalid negative_as " + as + ". It is credit_note, for the table invoices."));
    }
    return as != null;
  }

  private Mapping.Finding finding(String id, Located node) {
    known(node, Set.of("from", "when", "es", "en"), "the finding " + id);
    String from = from(node, "finding " + id);
    Formats own = sources.containsKey(from) ? sources.get(from).formats() : formats;
    if (node.text("when") == null || node.text("es") == null || node.text("en") == null) {
      problems.add(
          node.place().problem("Invalid finding " + id + ": it needs from, when, es and en."));
    }
    Mapping.Sql when =
        node.field("when") == null
            ? null
            : checked(node.field("when"), "the finding " + id, own, from);
    return new Mapping.Finding(id, node.text("es"), node.text("en"), from, when, node.place());
  }

  private String from(Located node, String what) {
    Set<String> names = new LinkedHashSet<>(sources.keySet());
    names.addAll(views.keySet());
    String from = node.text("from", "");
    if (!names.contains(from)) {
      Place place = node.field("from") == null ? node.place() : node.field("from").place();
      problems.add(
          place.problem(
              "Invalid "
                  + what
                  + ": there is no source or view named '"
                  + from
                  + "'."
                  + Nearest.question(from, names)));
    }
    return from;
  }

  private Mapping.Sql checked(Located node, String what, Formats own, String from) {
    Mapping.Sql sql = sql(node, what, own);
    if (sql.text().isBlank()) {
      return sql;
    }
    Mapping.Source source = sources.get(from);
    for (String column : SqlCheck.expression(sql, what, problems)) {
      if (source != null
          && !source.columns().isEmpty()
          && !column.startsWith("_")
          && !SqlCheck.has(source.columns(), column)) {
        problems.add(
            sql.place()
                .problem(
                    what
                        + " uses "
                        + column
                        + ", which is none of the columns of the source "
                        + from
                        + "."
                        + Nearest.question(column, source.columns())));
      }
    }
    return sql;
  }

  private Mapping.Sql sql(Located node, String what, Formats own) {
    String text = node.text() == null ? "" : node.text().strip();
    if (text.isEmpty()) {
      problems.add(node.place().problem("Invalid " + what + ": SQL is expected here."));
    }
    try {
      return new Mapping.Sql(Helpers.expand(text, own), node.place());
    } catch (IllegalArgumentException e) {
      problems.add(node.place().problem("Invalid " + what + ": " + e.getMessage() + "."));
      return new Mapping.Sql("", node.place());
    }
  }

  private void known(Located node, Collection<String> names, String what) {
    node.fields()
        .forEach(
            (name, value) -> {
              if (!names.contains(name)) {
                problems.add(
                    value
                        .place()
                        .problem(
                            "Invalid key "
                                + name
                                + ": "
                                + what
                                + " has none of that name."
                                + Nearest.question(name, names)));
              }
            });
  }
}
