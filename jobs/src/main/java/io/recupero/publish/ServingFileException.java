package io.recupero.publish;

import java.nio.file.Path;

/** The file for dashboards could not be made. The release is published all the same. */
public final class ServingFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServingFileException(Path file, Exception cause) {
    super(
        "Cannot make the file for dashboards "
            + file
            + ": "
            + cause.getMessage()
            + ". The release is published; dashboards show the one before it until the next run, or"
            + " until ./recupero dashboards up makes the file.",
        cause);
  }
}
