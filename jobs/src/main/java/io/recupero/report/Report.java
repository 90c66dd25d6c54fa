package io.recupero.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A report, whatever it is written as: everything in it is made once, here, and writers only choose
 * how it looks.
 *
 * @param title what it is
 * @param subtitle of which date, slice and release
 * @param name what its files are called, without extension
 * @param language of its texts
 * @param asOf the date of its figures
 * @param knownAt what the release knew: the only moment in the report, so that it can be made again
 * @param sections in the order of reading
 */
public record Report(
    String title,
    String subtitle,
    String name,
    Texts language,
    LocalDate asOf,
    Instant knownAt,
    List<Section> sections) {

  /** Keeps a copy. */
  public Report {
    sections = List.copyOf(sections);
  }

  /** Returns the tiles of all sections: the headlines. */
  List<Tile> tiles() {
    return sections.stream().flatMap(section -> section.tiles().stream()).toList();
  }
}
