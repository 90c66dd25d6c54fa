package io.recupero.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a report as one HTML file that needs nothing else: its scripts are inside it, and its
 * policy lets no other run and reaches no host.
 */
final class PageWriter {

  /** Letters of a text that is not broken into lines. */
  private static final int SHORT = 24;

  private final Report report;
  private final Texts texts;

  private PageWriter(Report report) {
    this.report = report;
    this.texts = report.language();
  }

  /** Returns the file: of the same report the same bytes. */
  static byte[] write(Report report) {
    String page = Templates.fill("page.html", new PageWriter(report).view());
    return page.getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, Object> view() {
    String library = Resources.charts();
    String script = Resources.text("page.js");
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("lang", texts.language());
    view.put("title", report.title());
    view.put("subtitle", report.subtitle());
    view.put("contents", texts.text("report.contents"));
    view.put("made", texts.text("report.made"));
    view.put("nothing", texts.text("report.nothing"));
    view.put("style", Resources.text("page.css"));
    view.put("library", library);
    view.put("script", script);
    view.put("hashes", hash(library) + " " + hash(script));
    view.put("data", PageData.of(report));
    view.put("sections", report.sections().stream().map(this::section).toList());
    return view;
  }

  private Map<String, Object> section(Section section) {
    List<Map<String, Object>> charts = new ArrayList<>();
    for (Chart chart : section.charts()) {
      charts.add(Map.of("id", chart.id(), "title", chart.title()));
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", section.id());
    view.put("title", section.title());
    view.put("notes", section.notes());
    view.put("tiles", TileViews.of(section.tiles(), texts));
    view.put("hasTiles", !section.tiles().isEmpty());
    view.put("charts", charts);
    view.put("hasCharts", !charts.isEmpty());
    view.put("tables", section.tables().stream().map(this::table).toList());
    return view;
  }

  private Map<String, Object> table(Table table) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", table.id());
    view.put("title", table.title());
    view.put("hasTitle", !table.title().isEmpty());
    view.put("isEmpty", table.rows().isEmpty());
    view.put(
        "columns",
        table.columns().stream()
            .map(
                column ->
                    Map.of(
                        "title", column.title(), "class", column.isNumeric() ? "number" : "text"))
            .toList());
    view.put("rows", table.rows().stream().map(row -> row(table, row)).toList());
    return view;
  }

  private Map<String, Object> row(Table table, Table.Line row) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      String text = texts.of(row.cells().get(i));
      boolean isNumeric = table.columns().get(i).isNumeric();
      cells.add(
          Map.of(
              "text",
              text,
              "class",
              isNumeric ? "number" : text.length() > SHORT ? "text long" : "text short"));
    }
    return Map.of("class", row.isTotal() ? "total" : "", "cells", cells);
  }

  /** Returns what a policy calls a script by. */
  private static String hash(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: every Java has SHA-256", e);
    }
  }

  /** Tiles as the page and the mail show them. */
  static final class TileViews {

    private TileViews() {}

    static List<Map<String, Object>> of(List<Tile> tiles, Texts texts) {
      return tiles.stream().map(tile -> of(tile, texts)).toList();
    }

    private static Map<String, Object> of(Tile tile, Texts texts) {
      boolean isKnown = !tile.value().isEmpty();
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("name", tile.name());
      view.put("value", isKnown ? texts.of(tile.value()) : texts.text("report.none"));
      view.put("unit", isKnown ? tile.unit() : "");
      view.put("hasChange", !tile.change().isEmpty());
      view.put("change", (texts.of(tile.change()) + " " + tile.changeUnit()).strip());
      view.put("class", tile.verdict().name().toLowerCase(Locale.ROOT));
      view.put(
          "verdict", tile.verdict() == Tile.Verdict.NONE ? "" : texts.text(tile.verdict().key()));
      view.put("note", tile.note());
      return view;
    }
  }
}
