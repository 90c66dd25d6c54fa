package io.recupero.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks what the parts of contracts say about each other: rules of columns, references of tables.
 */
final class CrossChecks {

  /** What the judge works out for rules: see {@link Applications} and {@link Reversals}. */
  static final Set<String> WORKED_OUT = Set.of(Applications.APPLIED, Reversals.REVERSED_BEFORE);

  private final Map<String, Contract> contracts;
  private final Problems problems;

  CrossChecks(Map<String, Contract> contracts, Problems problems) {
    this.contracts = contracts;
    this.problems = problems;
  }

  void check(Contract contract, ContractReader source) {
    Map<String, Contract> aliases = new HashMap<>();
    for (Reference reference : contract.references()) {
      Optional<Contract> named = Optional.ofNullable(contracts.get("input." + reference.table()));
      if (named.flatMap(table -> table.find(reference.target())).isPresent()) {
        aliases.put(reference.alias(), named.get());
        checkCarried(contract, reference, named.get(), source);
      } else {
        problems.add(
            source.file(),
            source.lineOf("properties", reference.column()),
            "column %s: no input has %s.%s. Correct the relationship's to."
                .formatted(reference.column(), reference.table(), reference.target()));
      }
    }
    Set<String> known = known(contract, aliases);
    for (Rule rule : contract.rules()) {
      int line = source.lineOf("quality", rule.id());
      rule.names()
          .forEach(name -> check("rule " + rule.id(), name, known, source.file(), line, contract));
    }
    for (ContractColumn column : contract.columns()) {
      int line = source.lineOf("properties", column.name());
      String what = "column " + column.name();
      column
          .currencyFrom()
          .ifPresent(name -> check(what, name, known, source.file(), line, contract));
      column
          .within()
          .ifPresent(
              name ->
                  check(what, name, Set.copyOf(contract.names()), source.file(), line, contract));
      column
          .fallback()
          .ifPresent(sql -> checkFallback(what, sql, known, source.file(), line, contract));
    }
    contract
        .mainDate()
        .ifPresent(name -> check("mainDate", name, known, source.file(), source.line(), contract));
  }

  private void checkCarried(
      Contract contract, Reference reference, Contract named, ContractReader source) {
    int line = source.lineOf("properties", reference.column());
    reference
        .carries()
        .forEach(
            (name, from) -> {
              String what = "column " + reference.column() + ": what it carries as " + name;
              check(what, from, new TreeSet<>(named.names()), source.file(), line, named);
              if (contract.find(name).isPresent()) {
                problems.add(
                    source.file(),
                    line,
                    "column %s: it carries %s, which is a column already. Name it otherwise."
                        .formatted(reference.column(), name));
              }
            });
  }

  private static Set<String> known(Contract contract, Map<String, Contract> aliases) {
    Set<String> known = new TreeSet<>(contract.names());
    known.addAll(WORKED_OUT);
    aliases.forEach((alias, table) -> table.names().forEach(name -> known.add(alias + "." + name)));
    return known;
  }

  private void checkFallback(
      String what, String sql, Set<String> known, String file, int line, Contract contract) {
    try {
      Sql.names(sql).forEach(name -> check(what, name, known, file, line, contract));
    } catch (IllegalArgumentException e) {
      problems.add(
          file,
          line,
          what + ": the default \"" + sql + "\" is not a Spark SQL expression. Correct it.");
    }
  }

  private void check(
      String what, String name, Set<String> known, String file, int line, Contract contract) {
    if (!known.contains(name)) {
      problems.add(
          file,
          line,
          "%s names %s, which %s lacks.%s Correct it, or add the column."
              .formatted(what, name, contract.id(), Nearest.hint(name, known)));
    }
  }
}
