package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Finds the accepted records that records name. */
final class Links {

  private static final String KEY = "_link";

  private final Contracts contracts;
  private final Map<String, Judged> judged;
  private final Map<String, Dataset<Row>> known;

  Links(Contracts contracts, Map<String, Judged> judged, Map<String, Dataset<Row>> known) {
    this.contracts = contracts;
    this.judged = judged;
    this.known = known;
  }

  /** Adds a struct per reference, named by its alias: the record named, or null. */
  Dataset<Row> join(Contract contract, Dataset<Row> records) {
    // the first part of the key last: what is added up by it then needs no further shuffle
    List<Reference> references = new ArrayList<>(contract.references());
    Collections.reverse(references);
    Dataset<Row> joined = records;
    for (Reference reference : references) {
      if (!Reversals.isOriginal(contract, reference)) {
        joined = join(contract, reference, joined);
      }
    }
    return joined;
  }

  /** Returns the reasons of references that are not checked: their input was never delivered. */
  Set<String> off(Contract contract) {
    Set<String> off = new HashSet<>();
    for (Reference reference : contract.references()) {
      if (!reference.alwaysChecked() && !isThere(reference.table())) {
        off.add(reference.id());
      }
    }
    return off;
  }

  private boolean isThere(String table) {
    return judged.containsKey(table) || known.containsKey(table);
  }

  private Dataset<Row> join(Contract contract, Reference reference, Dataset<Row> records) {
    List<String> fields = fields(contract, reference);
    if (!isThere(reference.table())) {
      StructType schema = new StructType();
      Contract named = contracts.input(reference.table());
      for (String field : fields) {
        schema = schema.add(field, named.column(field).type());
      }
      return records.withColumn(reference.alias(), lit(null).cast(schema));
    }
    Dataset<Row> named = current(reference, fields);
    return records
        .join(named, records.col(reference.column()).equalTo(named.col(KEY)), "left")
        .drop(KEY);
  }

  private static List<String> fields(Contract contract, Reference reference) {
    String prefix = reference.alias() + ".";
    Stream<String> rules = contract.rules().stream().flatMap(rule -> rule.names().stream());
    Stream<String> columns =
        contract.columns().stream()
            .flatMap(
                column ->
                    Stream.concat(
                        column.currencyFrom().stream(),
                        column.fallback().stream().flatMap(sql -> Sql.names(sql).stream())));
    Stream<String> read =
        Stream.concat(rules, columns)
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()));
    return List.copyOf(
        new TreeSet<>(Stream.concat(read, reference.carries().values().stream()).toList()));
  }

  private Dataset<Row> current(Reference reference, List<String> fields) {
    Column value =
        fields.isEmpty()
            ? struct(lit(true).as("found"))
            : struct(fields.stream().map(Typed::quoted).toArray(Column[]::new));
    Column[] wanted = {
      col(reference.target()).as(KEY), value.as(reference.alias()), col(Lineage.KNOWN_AT)
    };
    Optional<Judged> here = Optional.ofNullable(judged.get(reference.table()));
    Optional<Dataset<Row>> before = Optional.ofNullable(known.get(reference.table()));
    boolean keyIsTarget =
        contracts.input(reference.table()).keys().equals(List.of(reference.target()));
    if (here.isPresent() && before.isEmpty() && keyIsTarget) {
      Dataset<Row> once = here.get().accepted().where(Lineage.REPEATED + " = false").select(wanted);
      Dataset<Row> current = once.drop(Lineage.KNOWN_AT);
      return here.get().hasRepeats()
          ? current.unionByName(
              latest(here.get().accepted().where(Lineage.REPEATED).select(wanted), reference))
          : current;
    }
    Dataset<Row> all =
        Stream.concat(here.map(Judged::accepted).stream(), before.stream())
            .map(frame -> frame.select(wanted))
            .reduce(Dataset::unionByName)
            .orElseThrow();
    return latest(all, reference);
  }

  private static Dataset<Row> latest(Dataset<Row> versions, Reference reference) {
    return versions
        .groupBy(KEY)
        .agg(max_by(col(reference.alias()), col(Lineage.KNOWN_AT)).as(reference.alias()));
  }
}
