package io.recupero.cli;

import picocli.CommandLine.Option;

/** The options of commands whose results are rows. */
final class Common extends CommonOptions {

  @Option(names = "--format", paramLabel = "table|csv|json", descriptionKey = "format")
  private Format format = Format.TABLE;

  Format format() {
    return format;
  }

  void print(Table table) {
    format.print(table, out(), messages().locale());
    out().flush();
  }
}
