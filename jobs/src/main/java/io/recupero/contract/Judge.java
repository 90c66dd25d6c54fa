package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    texts.keySet().forEach(contracts::input);
    Map<String, Judged> judged = new LinkedHashMap<>();
    for (List<Contract> ready : inOrder()) {
      // Tables that do not name each other are judged side by side: most of the time is planning.
      Map<String, Judged> before = Map.copyOf(judged);
      ready.stream()
          .filter(contract -> texts.containsKey(contract.table()))
          .map(contract -> start(contract, texts.get(contract.table()), before))
          .toList()
          .forEach(result -> judged.put(result.join().table(), result.join()));
    }
    return judged;
  }

  private CompletableFuture<Judged> start(
      Contract contract, Dataset<Row> text, Map<String, Judged> before) {
    CompletableFuture<Judged> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(judge(contract, text, before));
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            },
            "judge-" + contract.table());
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private Judged judge(Contract contract, Dataset<Row> text, Map<String, Judged> judged) {
    Optional<Dataset<Row>> known = Optional.ofNullable(settings.known().get(contract.table()));
    Links links = new Links(contracts, judged, settings.known());

    Dataset<Row> typed = Typed.of(contract, text, settings);
    Dataset<Row> linked = links.join(contract, typed);
    Dataset<Row> filled = fill(contract, linked);
    Dataset<Row> timed = filled.withColumn(Lineage.KNOWN_AT, KnownAt.of(contract, settings));
    boolean adds = contract.rules().stream().anyMatch(rule -> rule.reads(Applications.APPLIED));
    Dataset<Row> added = adds ? Applications.addUp(timed, known) : timed;
    Dataset<Row> checked =
        added.withColumn(
            Lineage.REASONS, new RecordChecks(contract, links.off(contract)).reasons());

    Dataset<Row> kept = settings.keep().apply(checked.select(columns(contract, adds)));
    Versions.Marked marked = new Versions(contract, known).mark(kept);
    Dataset<Row> finished = Reversals.judge(contract, marked.records(), known);
    return new Judged(
        contract, contracts.contract("lineage"), text, finished, marked.anyRepeated());
  }

  private static Dataset<Row> fill(Contract contract, Dataset<Row> records) {
    Dataset<Row> filled = records;
    for (ContractColumn column : contract.columns()) {
      if (column.fallback().isPresent()) {
        // what is written and unreadable is a problem to report, not a gap to fill
        Column empty = Typed.quoted(Typed.textOf(column)).isNull();
        Column value = Typed.quoted(column.name());
        Column full = when(empty, expr(column.fallback().get())).otherwise(value);
        filled = filled.withColumn(column.name(), full);
      }
    }
    return filled;
  }

  private static Column[] columns(Contract contract, boolean withMoney) {
    Stream<Column> carried =
        contract.references().stream()
            .flatMap(
                reference ->
                    reference.carries().entrySet().stream()
                        .map(it -> col(reference.alias() + "." + it.getValue()).as(it.getKey())));
    Stream<Column> own =
        Stream.of(
                contract.names(),
                Lineage.OF_A_TEXT,
                List.of(Lineage.KNOWN_AT, Lineage.REASONS),
                withMoney ? List.of(Applications.MONEY) : List.<String>of())
            .flatMap(List::stream)
            .map(Typed::quoted);
    return Stream.concat(own, carried).toArray(Column[]::new);
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
