package io.recupero.report;

import java.util.List;

/**
 * A sheet of the workbook, a chapter of the page.
 *
 * @param id what programs call it
 * @param title its heading, and the name of its sheet
 * @param notes what a reader must know: what is not sliced, what is left out
 * @param tiles headlines; those of a workbook are in the first table
 * @param tables the first is the main one, whose header stays in sight
 * @param charts made of these tables
 */
record Section(
    String id,
    String title,
    List<String> notes,
    List<Tile> tiles,
    List<Table> tables,
    List<Chart> charts) {

  Section {
    notes = List.copyOf(notes);
    tiles = List.copyOf(tiles);
    tables = List.copyOf(tables);
    charts = List.copyOf(charts);
  }
}
