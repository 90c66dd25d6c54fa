package io.recupero.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The canonical files in a folder: for a table either a file such as invoices.csv or a folder such
 * as invoices/ (also invoices.parquet/, as Spark writes it) with several.
 *
 * @param offered what was found, ready to be taken
 * @param warnings what lies in the folder and is not used, in English, one text each
 */
public record InputFolder(List<Offered> offered, List<String> warnings) {

  private static final Set<String> ENDINGS = Set.of("csv", "parquet", "json", "jsonl", "ndjson");

  /**
   * Looks through a folder. Names count regardless of case; files that begin with a dot or
   * underscore are ignored.
   *
   * @throws SourceException when there is no such folder, or nothing canonical in it
   */
  public static InputFolder canonical(Path folder) {
    return canonical(folder, LocalDate.MAX);
  }

  /**
   * Looks through a folder and its {@link DatedFolders} of the days until one; what lies beside
   * them came at any time.
   *
   * @throws SourceException when there is no such folder, or nothing canonical in it by that day
   */
  public static InputFolder canonical(Path folder, LocalDate until) {
    if (!Files.isDirectory(folder)) {
      throw new SourceException(folder.toString(), "Cannot find this input folder. Check --input.");
    }
    List<Offered> offered = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    look(folder, offered, warnings);
    DatedFolders dated = DatedFolders.in(folder);
    dated.until(until).forEach(day -> look(day, offered, warnings));
    if (offered.isEmpty()) {
      throw new SourceException(
          folder.toString(),
          "Cannot find any input here"
              + (dated.any() ? " until " + until : "")
              + ": expected files such as invoices.csv, invoices.parquet or a folder invoices/."
              + (dated.any() ? " The first day is " + dated.dates().get(0) + "." : "")
              + (warnings.isEmpty()
                  ? dated.any() ? "" : " The folder is empty."
                  : "\n  " + String.join("\n  ", warnings)));
    }
    return new InputFolder(List.copyOf(offered), List.copyOf(warnings));
  }

  private static void look(Path folder, List<Offered> offered, List<String> warnings) {
    for (Path path : visible(folder)) {
      String table = stem(path);
      if (Canonical.tables().contains(table)) {
        offer(table, path, offered, warnings);
      } else if (!DatedFolders.isDated(path)) {
        warnings.add(
            path
                + ": not used; its name is none of the canonical tables."
                + Nearest.question(table, Canonical.tables()));
      }
    }
  }

  private static void offer(String table, Path path, List<Offered> offered, List<String> warnings) {
    List<Path> files = Files.isDirectory(path) ? visible(path) : List.of(path);
    if (files.isEmpty()) {
      warnings.add(path + ": an empty folder; " + table + " counts as missing, not as empty.");
    }
    for (Path file : files) {
      if (Files.isRegularFile(file) && ENDINGS.contains(ending(file))) {
        offered.add(new Offered(table, file));
      } else {
        warnings.add(
            file
                + ": not used; expected a file that ends in .csv, .parquet, .json, .jsonl or .ndjson.");
      }
    }
  }

  static List<Path> visible(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> !p.getFileName().toString().matches("[._].*")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }

  static String ending(Path path) {
    String name = path.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String stem(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean known =
        name.contains(".") && (Files.isDirectory(path) || ENDINGS.contains(ending(path)));
    return known ? name.substring(0, name.lastIndexOf('.')) : name;
  }
}
