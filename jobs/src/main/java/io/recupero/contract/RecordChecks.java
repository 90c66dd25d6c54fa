package io.recupero.contract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What can be wrong with one record, once it is typed and the records it names are found. */
final class RecordChecks {

  private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2100, 12, 31);

  private final Contract contract;
  private final Set<String> referencesOff;
  private final Dataset<Row> records;
  private final List<Column> checks = new ArrayList<>();

  /**
   * Prepares the checks of a table's typed records.
   *
   * @param referencesOff reasons of references not checked, because their input was never delivered
   */
  RecordChecks(Contract contract, Set<String> referencesOff, Dataset<Row> records) {
    this.contract = contract;
    this.referencesOff = referencesOff;
    this.records = records;
  }

  /**
   * Returns the ids of every rule a record breaks, except those among several of its own table; as
   * one text with blanks between, empty for nearly all, since an array of so many conditions is
   * dear to make for every record.
   */
  Column broken() {
    checks.add(col(Lineage.PROBLEM));
    contract.columns().forEach(this::add);
    contract.references().stream()
        .filter(reference -> !Reversals.isOriginal(contract, reference))
        .filter(reference -> !referencesOff.contains(reference.id()))
        .forEach(
            reference ->
                add(
                    reference.id(),
                    col(reference.column()).isNotNull().and(col(reference.alias()).isNull())));
    contract.rules().stream()
        .filter(rule -> !Reversals.judges(contract, rule) && !Applications.judges(rule))
        .forEach(rule -> checks.add(broken(rule)));
    return concat_ws(" ", checks.toArray(Column[]::new));
  }

  /** Returns the ids in such a text. */
  static Column reasons(Column broken) {
    return when(broken.equalTo(""), array().cast("array<string>")).otherwise(split(broken, " "));
  }

  /** Returns the rule's id where it is broken, else null. */
  static Column broken(Rule rule) {
    return when(not(coalesce(expr("(" + rule.expression() + ")"), lit(true))), rule.id());
  }

  static Column compact(Collection<Column> ids) {
    return array_compact(array(ids.toArray(Column[]::new)));
  }

  private void add(ContractColumn column) {
    boolean read = Typed.isRead(column, records);
    Column value = Typed.quoted(column.name());
    Column text = read ? Typed.quoted(Typed.textOf(column)) : value;
    String kind = Reasons.kind(column);
    if (column.required()) {
      // a record that could not be read lacks everything: one reason says it
      add(Reasons.missing(column), text.isNull().and(col(Lineage.PROBLEM).isNull()));
    }
    Column unread = read ? text.isNotNull().and(value.isNull()) : lit(false);
    switch (kind) {
      case "date" -> {
        add(Reasons.invalid(column), unread);
        add(Reasons.outOfRange(column), not(value.between(lit(FIRST_DAY), lit(LAST_DAY))));
      }
      case "timestamp" -> {
        add(Reasons.invalid(column), unread);
        add(Reasons.outOfRange(column), outside(value));
      }
      case "boolean" -> add(Reasons.invalid(column), unread);
      case "number", "integer" -> addNumber(column, text, value, unread);
      default -> {}
    }
    if (!column.values().isEmpty()) {
      add(Reasons.notListed(column), not(value.isin(column.values().toArray())));
    }
    column
        .codes()
        .ifPresent(list -> add(Reasons.notListed(column), not(CodeLists.contains(list, value))));
  }

  private static Column outside(Column time) {
    Instant end = LAST_DAY.plusDays(2).atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    Instant begin = FIRST_DAY.minusDays(1).atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    return time.lt(lit(begin)).or(time.geq(lit(end)));
  }

  private void addNumber(ContractColumn column, Column text, Column value, Column unread) {
    boolean read = Typed.isRead(column, records);
    Column wellFormed = read ? text.rlike(Typed.form(column)) : lit(true);
    add(Reasons.invalid(column), unread.and(not(wellFormed)));
    Column beyond = unread.and(wellFormed);
    if (column.minimum().isPresent()) {
      beyond = beyond.or(value.lt(lit(column.minimum().get())));
    }
    if (column.maximum().isPresent()) {
      beyond = beyond.or(value.gt(lit(column.maximum().get())));
    }
    add(Reasons.outOfRange(column), beyond);
    if (column.positive()) {
      add(Reasons.notPositive(column), value.leq(lit(0)));
    }
    column
        .currencyFrom()
        .ifPresent(
            currency ->
                add(
                    Reasons.tooManyDecimals(column),
                    read
                        ? decimals(text)
                            .gt(CodeLists.decimalsOf(col(currency)))
                            .and(value.isNotNull())
                        : CodeLists.hasMoreDecimals(value, col(currency))));
  }

  /** Counts the decimals written, zeros at the end left out: 100.00 is a whole number. */
  private static Column decimals(Column number) {
    Column fraction = rtrim(substring_index(number, ".", -1), lit("0"));
    return when(instr(number, ".").gt(0), length(fraction)).otherwise(0);
  }

  private void add(String id, Column broken) {
    checks.add(when(broken, id));
  }
}
