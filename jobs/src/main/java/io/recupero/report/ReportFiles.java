package io.recupero.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes reports as files. */
public final class ReportFiles {

  /** What a report can be written as. */
  public enum Kind {
    /** An Excel workbook. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
      @Override
      byte[] write(Report report) {
        return WorkbookWriter.write(report);
      }
    },
    /** A page that needs nothing else. */
    HTML("text/html; charset=utf-8") {
      @Override
      byte[] write(Report report) {
        return PageWriter.write(report);
      }
    };

    private final String mediaType;

    Kind(String mediaType) {
      this.mediaType = mediaType;
    }

    abstract byte[] write(Report report);

    /** Returns what mails and servers call it. */
    String mediaType() {
      return mediaType;
    }

    private String extension() {
      return "." + name().toLowerCase(java.util.Locale.ROOT);
    }

    static Kind of(Path file) {
      return file.toString().endsWith(XLSX.extension()) ? XLSX : HTML;
    }
  }

  private ReportFiles() {}

  /**
   * Writes a report into a folder, which is made where it is missing; a file appears whole or not
   * at all, in the place of one of the same name.
   *
   * @return the files, in the order of {@code kinds}
   */
  public static List<Path> write(Report report, Path folder, Collection<Kind> kinds) {
    List<Path> files = new ArrayList<>();
    for (Kind kind : kinds) {
      Path file = folder.resolve(report.name() + kind.extension());
      try {
        Files.createDirectories(folder);
        Path part = folder.resolve("." + file.getFileName() + ".part");
        Files.write(part, kind.write(report));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot write the report " + file + ": " + e + ". Correct --out, or make room.", e);
      }
      files.add(file);
    }
    return files;
  }
}
