package io.recupero.contract;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** Tables of so many records go to every core whole. */
  private static final long FEW = 400_000;

  private final Contracts contracts;
  private final Map<String, Judged> judged;
  private final Map<String, Dataset<Row>> known;
  private final RepeatedKeys keys;

  Links(
      Contracts contracts,
      Map<String, Judged> judged,
      Map<String, Dataset<Row>> known,
      RepeatedKeys keys) {
    this.contracts = contracts;
    this.judged = judged;
    this.known = known;
    this.keys = keys;
  }

  /** Adds a struct per reference, named by its alias: the record named, or null. */
  Dataset<Row> join(Contract contract, Dataset<Row> records) {
    // the first part of the key last: what is added up by it then needs no further shuffle
    List<Reference> references = new ArrayList<>(contract.references());
    Collections.reverse(references);
    Dataset<Row> joined = records;
    for (Reference reference : references) {
      if (!Reversals.isOriginal(contract, reference)) {
        joined = join(contract, reference, joined, records);
      }
    }
    return joined;
  }

  /** Whether many records name records of a table with many: both have to be sorted. */
  boolean isDear(Contract contract) {
    return keys.read(contract.table()) > FEW
        && contract.references().stream()
            .anyMatch(it -> !Reversals.isOriginal(contract, it) && count(it.table()) > FEW);
  }

  /** Returns the records accepted or known of a table that is there, all versions. */
  Dataset<Row> all(String table) {
    return judged.containsKey(table) ? judged.get(table).whole() : known.get(table);
  }

  private long count(String table) {
    if (!isThere(table)) {
      return 0;
    }
    long before = known.containsKey(table) ? keys.known(table) : 0;
    boolean counted = judged.containsKey(table) || !known.containsKey(table);
    return counted ? before + keys.read(table) : known.get(table).count();
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

  boolean isThere(String table) {
    return judged.containsKey(table) || known.containsKey(table);
  }

  private Dataset<Row> join(
      Contract contract, Reference reference, Dataset<Row> records, Dataset<Row> naming) {
    List<String> fields = fields(contract, reference);
    if (!isThere(reference.table())) {
      StructType schema = new StructType();
      Contract named = contracts.input(reference.table());
      for (String field : fields) {
        schema = schema.add(field, named.column(field).type());
      }
      return records.withColumn(reference.alias(), lit(null).cast(schema));
    }
    long count = count(reference.table());
    long many = keys.read(contract.table());
    Dataset<Row> all = all(reference.table());
    boolean reduces = many <= FEW && many < count / 4 && count > FEW / 8;
    if (reduces) {
      Dataset<Row> names = naming.select(col(reference.column()).as(KEY));
      all = all.join(broadcast(names), col(reference.target()).equalTo(col(KEY)), "left_semi");
    }
    Dataset<Row> current = current(reference, fields, all);
    Dataset<Row> named = reduces || count <= FEW ? broadcast(current) : current;
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

  private Dataset<Row> current(Reference reference, List<String> fields, Dataset<Row> all) {
    Column value =
        fields.isEmpty()
            ? struct(lit(true).as("found"))
            : struct(fields.stream().map(Typed::quoted).toArray(Column[]::new));
    Column[] wanted = {
      col(reference.target()).as(KEY), value.as(reference.alias()), col(Lineage.KNOWN_AT)
    };
    Contract named = contracts.input(reference.table());
    boolean once =
        !known.containsKey(reference.table()) && named.keys().equals(List.of(reference.target()));
    if (!once) {
      return latest(all.select(wanted), reference);
    }
    if (!keys.anyRepeats(named)) {
      return all.select(wanted).drop(Lineage.KNOWN_AT);
    }
    return all.where(not(col(Lineage.REPEATED)))
        .select(wanted)
        .drop(Lineage.KNOWN_AT)
        .unionByName(latest(all.where(col(Lineage.REPEATED)).select(wanted), reference));
  }

  private static Dataset<Row> latest(Dataset<Row> versions, Reference reference) {
    return versions
        .groupBy(KEY)
        .agg(max_by(col(reference.alias()), col(Lineage.KNOWN_AT)).as(reference.alias()));
  }
}
