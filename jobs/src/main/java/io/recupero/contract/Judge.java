package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Applies the contracts to records: accepted, or in quarantine with the id of every rule broken.
 *
 * <p>Tables are judged after those they name. So an invoice in quarantine makes its applications
 * and adjustments wait, and nothing has to be judged again.
 */
public final class Judge {

  /** Whether a record needs a closer look beside others. */
  private static final String APART = "_apart";

  private static final String BROKEN = "_broken";

  private final Contracts contracts;
  private final JudgeSettings settings;

  /** Prepares to judge by {@code contracts}. */
  public Judge(Contracts contracts, JudgeSettings settings) {
    this.contracts = contracts;
    this.settings = settings;
  }

  /** Judges by the contracts that the program carries; see {@link #judge(Map)}. */
  public static Map<String, Judged> judge(Map<String, Dataset<Row>> texts, JudgeSettings settings) {
    return new Judge(Contracts.load(), settings).judge(texts);
  }

  /**
   * Judges records as text, by the input's name: all columns as canonical text, with lineage.
   *
   * <p>An input that is neither here nor known was never delivered: references to its records are
   * not checked, unless nothing can be computed without them. An input that is here and empty is
   * judged, and everything that names its records waits.
   *
   * @throws IllegalArgumentException if an input has no contract
   */
  public Map<String, Judged> judge(Map<String, Dataset<Row>> texts) {
    Map<String, Dataset<Row>> typed = new LinkedHashMap<>();
    texts.forEach((table, text) -> typed.put(table, typed(contracts.input(table), text)));
    RepeatedKeys keys = RepeatedKeys.find(contracts, typed, settings.known());
    Map<String, Judged> judged = new LinkedHashMap<>();
    for (List<Contract> ready : inOrder()) {
      // Tables that do not name each other are judged side by side: most of the time is planning.
      Map<String, Judged> before = Map.copyOf(judged);
      ready.stream()
          .filter(contract -> texts.containsKey(contract.table()))
          .map(
              contract -> {
                String table = contract.table();
                Links links = new Links(contracts, before, settings.known(), keys);
                return start(
                    table, () -> judge(contract, typed.get(table), texts.get(table), links, keys));
              })
          .toList()
          .forEach(result -> judged.put(result.join().table(), result.join()));
    }
    return judged;
  }

  private static CompletableFuture<Judged> start(String table, Supplier<Judged> judging) {
    CompletableFuture<Judged> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(judging.get());
              } catch (Throwable e) { // Spark throws checked exceptions that it does not declare
                result.completeExceptionally(e);
              }
            },
            "judge-" + table);
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private Dataset<Row> typed(Contract contract, Dataset<Row> text) {
    // of many records, only the few that are refused are written as they arrived
    boolean large = settings.storage().isLarge();
    return Typed.of(contract, large ? text.drop(Lineage.RAW) : text, settings);
  }

  private Judged judge(
      Contract contract, Dataset<Row> typed, Dataset<Row> text, Links links, RepeatedKeys keys) {
    Storage storage = settings.storage();
    Optional<Dataset<Row>> known = Optional.ofNullable(settings.known().get(contract.table()));

    Dataset<Row> linked = links.join(contract, flag(contract, typed, links, keys));
    Dataset<Row> filled = fill(contract, Rounding.of(contract, linked));
    RecordChecks checks = new RecordChecks(contract, links.off(contract), filled, settings);
    Dataset<Row> checked =
        storage.checked(
            filled
                .withColumn(Lineage.KNOWN_AT, KnownAt.of(contract, settings))
                .withColumn(BROKEN, checks.broken())
                .withColumn(Lineage.FINDINGS, checks.findings())
                .withColumn(Lineage.VALUES, Told.values(contract, filled))
                .select(columns(contract, checks)),
            links.isDear(contract));

    Column isApart = col(APART).or(col(BROKEN).notEqual(""));
    Dataset<Row> plain = Versions.once(checked.where(not(isApart)));
    Dataset<Row> apart =
        storage.apart(
            checked.where(isApart).withColumn(Lineage.REASONS, RecordChecks.reasons(col(BROKEN))));
    Dataset<Row> whole = storage.isLarge() ? RawRecords.add(apart, text) : apart;
    Dataset<Row> added =
        Applications.areIn(contract) ? Applications.judge(contract, whole, known) : whole;
    Dataset<Row> marked = new Versions(contract, known, keys).mark(added);
    Dataset<Row> settled = storage.apart(Reversals.judge(contract, marked, plain, known));
    return new Judged(
        contract,
        contracts.contract("lineage"),
        keys.read(contract.table()),
        plain,
        settled,
        storage,
        known);
  }

  /** Tells which records need a closer look beside others, whatever they say for themselves. */
  private Dataset<Row> flag(Contract contract, Dataset<Row> typed, Links links, RepeatedKeys keys) {
    Column mayRepeat = keys.mayRepeat(contract, false);
    Column mayExceed =
        Applications.areIn(contract) ? mayExceed(contract, typed, links) : lit(false);
    return typed
        .withColumn(Versions.MAY_REPEAT, mayRepeat)
        .withColumn(Applications.MAY_EXCEED, mayExceed)
        .withColumn(
            APART,
            col(Versions.MAY_REPEAT)
                .or(col(Applications.MAY_EXCEED))
                .or(Reversals.reverses(contract)));
  }

  private Column mayExceed(Contract contract, Dataset<Row> typed, Links links) {
    Optional<Dataset<Row>> known = Optional.ofNullable(settings.known().get(contract.table()));
    return settings.storage().isLarge() && links.isThere("payments")
        ? Applications.mayExceed(typed, links.all("payments"), known)
            .or(col(Lineage.ROUNDING).isNotNull())
        : lit(true);
  }

  private static Dataset<Row> fill(Contract contract, Dataset<Row> records) {
    Dataset<Row> filled = records;
    for (ContractColumn column : contract.columns()) {
      if (column.fallback().isPresent() && !column.attribute()) {
        // what is written and unreadable is a problem to report, not a gap to fill
        boolean read = Typed.isRead(column, records);
        Column empty = Typed.quoted(read ? Typed.textOf(column) : column.name()).isNull();
        Column value = Typed.quoted(column.name());
        Column full = when(empty, expr(column.fallback().get())).otherwise(value);
        filled = filled.withColumn(column.name(), full);
      }
    }
    return filled;
  }

  private static Column[] columns(Contract contract, RecordChecks checks) {
    Stream<Column> carried =
        contract.references().stream()
            .flatMap(
                reference ->
                    reference.carries().entrySet().stream()
                        .map(it -> col(reference.alias() + "." + it.getValue()).as(it.getKey())));
    Stream<Column> own =
        Stream.concat(
            contract.columns().stream().map(checks::value),
            Stream.of(
                    Lineage.OF_A_TEXT,
                    List.of(Lineage.KNOWN_AT, Lineage.VALUES, BROKEN, APART),
                    List.of(Versions.MAY_REPEAT, Applications.MAY_EXCEED))
                .flatMap(List::stream)
                .map(Typed::quoted));
    Stream<Column> ofApplications =
        Applications.areIn(contract)
            ? Stream.of(Applications.money(), col("payment"))
            : Stream.empty();
    return Stream.of(own, carried, ofApplications)
        .flatMap(columns -> columns)
        .toArray(Column[]::new);
  }

  /** Returns the inputs, each after those whose records it names. */
  private List<List<Contract>> inOrder() {
    List<Contract> waiting = new ArrayList<>(contracts.inputs());
    List<List<Contract>> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Set<String> open = waiting.stream().map(Contract::table).collect(Collectors.toSet());
      List<Contract> ready =
          waiting.stream()
              .filter(
                  contract ->
                      contract.references().stream()
                          .noneMatch(
                              it ->
                                  open.contains(it.table()) && !Reversals.isOriginal(contract, it)))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException(
            "Cannot order the inputs " + open + ": they name each other in a circle.");
      }
      ordered.add(ready);
      waiting.removeAll(ready);
    }
    return ordered;
  }
}
