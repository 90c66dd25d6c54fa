package io.recupero.plan;

import java.util.List;
import java.util.Locale;

/** What to do about a failure, told by what Spark, Delta or the disk say of it. */
enum Remedy {
  NO_SPACE(
      List.of("no space left", "disk quota exceeded"),
      "Make room where the lake lies, then run again."),
  MEMORY(
      List.of("java heap space", "outofmemory", "gc overhead"),
      "Give the process more memory, such as RECUPERO_HEAP=4g, then run again."),
  STOPPED(
      List.of("sparkcontext was shut down", "stopped sparkcontext", "shutdown in progress"),
      "Run again."),
  OPEN_FILES(
      List.of("too many open files"),
      "Let the process open more files (ulimit -n), then run again."),
  PERMISSION(
      List.of("permission denied", "accessdenied"),
      "Let this user write where the lake lies, then run again."),
  TEMPORARY(
      List.of("/blockmgr-"),
      "Files of the run in the folder for temporary files are gone: see that nothing clears it while"
          + " a run works, then run again."),
  INPUT(
      List.of("/bronze/"),
      "A delivered file is damaged: have it written anew, deliver it in place of this one, and run"
          + " again."),
  EXPRESSION(
      List.of("sqlstate: 22"),
      "Where a view of the mapping reads dates or numbers, write try_cast, or move the expression to"
          + " the columns of a table, where it costs only its own record; then run again."),
  DAMAGED(
      List.of(
          "is not a parquet file",
          "cannot_read_file_footer",
          "failed_read_file",
          "could not read footer",
          "cannot read file",
          "error while reading file",
          "file_not_exist",
          "filenotfoundexception",
          "nosuchfileexception",
          "path does not exist",
          "delta_log_file_not_found",
          "delta_missing_delta_table",
          "delta_state_recover_error",
          "delta_versions_not_contiguous",
          "malformed",
          "corrupt",
          "unexpected character",
          "jsonparseexception"),
      "A file of the lake is damaged or gone: run again with --force, which makes ledger and gold"
          + " anew; where the damage is in silver, with --force --jobs judge, which judges every"
          + " file ever taken again."),
  OTHER_TYPES(
      List.of("the earlier version of "),
      "The lake cannot go on from there: run again with --force, which makes ledger and gold anew."),
  OTHER(List.of(), "Run again; where it stays, run with --debug and report what it prints.");

  private final List<String> signs;
  private final String text;

  Remedy(List<String> signs, String text) {
    this.signs = signs;
    this.text = text;
  }

  /** Returns the remedy for a failure, by what it and its causes say. */
  static Remedy of(Throwable failure) {
    StringBuilder said = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      said.append(cause).append('\n');
    }
    String all = said.toString().toLowerCase(Locale.ROOT);
    for (Remedy remedy : values()) {
      boolean isSigned = remedy.signs.stream().anyMatch(all::contains);
      if (isSigned && remedy.isOf(all)) {
        return remedy;
      }
    }
    return OTHER;
  }

  /** A file that cannot be read has errors of data within, which are not those of a mapping. */
  private boolean isOf(String all) {
    return switch (this) {
      case INPUT -> DAMAGED.signs.stream().anyMatch(all::contains);
      case EXPRESSION -> !all.contains("failed_read_file") && !all.contains("_delta_log");
      default -> true;
    };
  }

  String text() {
    return text;
  }
}
