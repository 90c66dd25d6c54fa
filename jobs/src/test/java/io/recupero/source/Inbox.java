package io.recupero.source;

import io.recupero.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An input folder and a lake in a temporary place, for tests that write files and read frames. */
final class Inbox {

  static final Instant ARRIVED = Instant.parse("2026-04-01T10:00:00Z");
  static final String INVOICES = "invoice_id,customer_id,issue_date,due_date,amount,currency\n";

  final Path input;
  final Path lake;
  private int batches;

  Inbox(Path folder) {
    this.input = folder.resolve("input");
    this.lake = folder.resolve("lake");
  }

  Inbox with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Inbox with(String name, byte[] bytes) {
    try {
      Path file = input.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Batch take() {
    return new Intake(lake)
        .take("b" + ++batches, ARRIVED, null, InputFolder.canonical(input).offered());
  }

  SourceTables read() {
    return new SourceReader(TestSpark.session(), lake).read(take());
  }

  Dataset<Row> table(String table) {
    return read().frames().get(table);
  }

  /**
   * Returns the rows of a query's columns as texts such as "F1|10", in the order of files and
   * records.
   */
  static List<String> rows(Dataset<Row> frame, String... columns) {
    return frame.orderBy("_file", "_record").selectExpr(columns).collectAsList().stream()
        .map(
            r ->
                java.util.stream.IntStream.range(0, r.size())
                    .mapToObj(i -> String.valueOf(r.get(i)))
                    .collect(Collectors.joining("|")))
        .toList();
  }
}
