package io.recupero.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A history cut into what comes night by night: some of it late, some in any order, some wrong at
 * first and corrected later.
 */
final class Cut {

  /** The columns that tell when a record would come, if it came in time. */
  private static final Map<String, String> DATED =
      Map.of(
          "invoices", "issue_date",
          "payments", "paid_on",
          "payment_applications", "applied_on",
          "adjustments", "effective_on",
          "contacts", "started_at",
          "promises", "made_on",
          "surveys", "answered_on",
          "disputes", "opened_on",
          "fx_rates", "rate_date");

  /** What is said wrong at first; nothing that would break a rule. */
  private static final Map<String, Map<String, UnaryOperator<String>>> MISTAKES =
      Map.of(
          "invoices",
          Map.of(
              "due_date", date -> LocalDate.parse(date).plusDays(45).toString(),
              "portfolio_id", any -> "P9",
              "customer_id", any -> "C00002"),
          "payments",
          Map.of("method", any -> "other", "amount", amount -> "9" + amount),
          "customers",
          Map.of("segment", any -> "mistaken", "region", any -> "mistaken"));

  /** A comma outside of quotes. */
  private static final String BETWEEN = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

  private final Path history;
  private final List<LocalDate> nights;
  private final Random random;
  private final boolean anyOrder;

  /**
   * @param anyOrder whether records come on any night, and say when they were recorded; or on
   *     theirs, one in ten a night late, and are learned when they come
   */
  Cut(Path history, List<LocalDate> nights, long seed, boolean anyOrder) {
    this.history = history;
    this.nights = nights;
    this.random = new Random(seed);
    this.anyOrder = anyOrder;
  }

  /** Writes a folder a night, {@code night-0} and so on, and {@code all} as it is in the end. */
  void into(Path folder) throws IOException {
    for (Path file : files()) {
      String name = file.getFileName().toString();
      List<String> lines = records(file);
      List<List<String>> byNight = new ArrayList<>();
      nights.forEach(night -> byNight.add(new ArrayList<>(lines.subList(0, 1))));
      List<String> columns = List.of(lines.get(0).split(","));
      List<String> all = new ArrayList<>(lines.subList(0, 1));
      for (String line : lines.subList(1, lines.size())) {
        all.add(deal(name.replace(".csv", ""), columns, line, byNight));
      }
      Files.write(Files.createDirectories(folder.resolve("all")).resolve(name), all);
      for (int night = 0; night < nights.size(); night++) {
        if (night == 0 || byNight.get(night).size() > 1) {
          Path input = Files.createDirectories(folder.resolve("night-" + night));
          Files.write(input.resolve(name), byNight.get(night));
        }
      }
    }
  }

  /** Returns the records of a file; one with a line break in quotes is several lines. */
  private static List<String> records(Path file) throws IOException {
    List<String> records = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      open.append(open.isEmpty() ? "" : "\n").append(line);
      if (open.chars().filter(letter -> letter == '"').count() % 2 == 0) {
        records.add(open.toString());
        open.setLength(0);
      }
    }
    return records;
  }

  /** Puts a record into its night, and returns it as it is in the end. */
  private String deal(String table, List<String> columns, String told, List<List<String>> byNight) {
    int last = nights.size() - 1;
    String[] values = told.split(BETWEEN, -1);
    int recorded = columns.indexOf("recorded_at");
    if (!anyOrder && recorded >= 0) {
      values[recorded] = ""; // learned when it comes: then what was known is what was published
    }
    String line = String.join(",", values);
    int night = anyOrder ? random.nextInt(last + 1) : due(table, columns, values);
    if (!anyOrder && random.nextInt(10) == 0) {
      night = Math.min(night + 1, last);
    }
    byNight.get(night).add(line);
    Map<String, UnaryOperator<String>> mistakes = MISTAKES.get(table);
    if (mistakes != null && night > 0 && random.nextInt(8) == 0) {
      List<String> names = mistakes.keySet().stream().sorted().toList();
      String name = names.get(random.nextInt(names.size()));
      if (!anyOrder && name.equals("customer_id")) {
        return line; // who shares an invoice is walked together from then on: a reason to begin
        // anew
      }
      int column = columns.indexOf(name);
      if (column >= 0 && column < values.length && !values[column].isEmpty()) {
        values[column] = mistakes.get(name).apply(values[column]);
        byNight.get(random.nextInt(night)).add(String.join(",", values));
      }
    }
    return line;
  }

  private int due(String table, List<String> columns, String[] values) {
    String column = DATED.get(table);
    if (column == null) {
      return table.equals("customers") && random.nextInt(6) == 0 ? nights.size() - 1 : 0;
    }
    String date = values[columns.indexOf(column)];
    int night = 0;
    while (!date.isEmpty()
        && night < nights.size() - 1
        && LocalDate.parse(date.substring(0, 10)).isAfter(nights.get(night))) {
      night++;
    }
    return night;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(history)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }
}
