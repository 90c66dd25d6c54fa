package io.recupero.lake;

import java.nio.file.Path;

/** A table was asked for that the lake, or the release read, does not have. */
public final class MissingTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MissingTableException(String table, Path root) {
    super(
        "Cannot find the table "
            + table
            + " in "
            + root
            + ": no run has written it yet. Run ./recupero run first, or correct --lake.");
  }
}
