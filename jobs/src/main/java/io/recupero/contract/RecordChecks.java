package io.recupero.contract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;

/** What can be wrong with one record, once it is typed and the records it names are found. */
final class RecordChecks {

  private static final String UNREADABLE = "unreadable";
  private static final String OUT_OF_RANGE = "out_of_range";
  private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2100, 12, 31);

  /** Names and the like are cut here: one of a megabyte would make every table that shows it so. */
  private static final int LONGEST_TEXT = 200;

  /** How much of what is written a finding shows. */
  private static final int SHOWN = 60;

  private final Contract contract;
  private final JudgeSettings settings;
  private final Dataset<Row> records;
  private final List<Column> checks = new ArrayList<>();
  private final Map<ContractColumn, Map<String, Column>> odd = new LinkedHashMap<>();
  private final List<Column> findings = new ArrayList<>();
  private Column farAhead = lit(false);

  /**
   * Prepares the checks of a table's typed records.
   *
   * @param referencesOff reasons of references not checked, because their input was never delivered
   */
  RecordChecks(
      Contract contract, Set<String> referencesOff, Dataset<Row> records, JudgeSettings settings) {
    this.contract = contract;
    this.records = records;
    this.settings = settings;
    findings.add(col(Lineage.FINDINGS));
    checks.add(col(Lineage.PROBLEM));
    add(Oversized.REASON, isOversized());
    contract.columns().forEach(this::add);
    add(Reasons.FAR_FUTURE, farAhead);
    contract.references().stream()
        .filter(reference -> !Reversals.isOriginal(contract, reference))
        .filter(reference -> !referencesOff.contains(reference.id()))
        .forEach(this::add);
    Column isRead = col(Lineage.PROBLEM).isNull();
    contract.rules().stream()
        .filter(rule -> !Reversals.judges(contract, rule) && !Applications.judges(rule))
        .forEach(rule -> checks.add(when(isRead, broken(rule))));
    odd.forEach((column, kinds) -> findings.add(finding(column, kinds)));
  }

  /**
   * Returns the ids of every rule a record breaks, except those among several of its own table; as
   * one text with blanks between, empty for nearly all, since an array of so many conditions is
   * dear to make for every record.
   */
  Column broken() {
    return concat_ws(" ", checks.toArray(Column[]::new));
  }

  /** Returns what is odd in a record and keeps it from nothing; null where nothing is. */
  Column findings() {
    Column lines = concat_ws("\n", findings.toArray(Column[]::new));
    return when(lines.notEqual(""), lines);
  }

  /**
   * Returns a column's value; of an attribute that cannot be used its default, or null, and of one
   * of free text its beginning.
   */
  Column value(ContractColumn column) {
    Column value = Typed.quoted(column.name());
    for (Column broken : odd.getOrDefault(column, Map.of()).values()) {
      value = when(broken, lit(null)).otherwise(value);
    }
    if (isFreeText(column)) {
      value = left(value, lit(LONGEST_TEXT));
    }
    return column.attribute() && column.fallback().isPresent()
        ? coalesce(value, expr(column.fallback().get())).as(column.name())
        : value.as(column.name());
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

  private void add(Reference reference) {
    Column named = col(reference.column());
    Column unknown = named.isNotNull().and(col(reference.alias()).isNull());
    if (reference.kept()) {
      findings.add(when(unknown, line(reference.column(), reference.id(), named)));
    } else {
      add(reference.id(), unknown);
    }
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
        Column inRange = value.between(lit(FIRST_DAY), lit(LAST_DAY));
        add(column, Reasons.invalid(column), UNREADABLE, unread);
        add(column, Reasons.outOfRange(column), OUT_OF_RANGE, not(inRange));
        addAhead(column, inRange.and(datediff(value, arrivalDay()).gt(settings.maxDaysAhead())));
      }
      case "timestamp" -> {
        add(column, Reasons.invalid(column), UNREADABLE, unread);
        add(column, Reasons.outOfRange(column), OUT_OF_RANGE, outside(value));
        Column days = datediff(dayOf(value), arrivalDay());
        addAhead(column, not(outside(value)).and(days.gt(settings.maxDaysAhead())));
      }
      case "boolean" -> add(column, Reasons.invalid(column), UNREADABLE, unread);
      case "number", "integer" -> addNumber(column, text, value, unread);
      default -> {}
    }
    if (column.isCode()) {
      add(column, Reasons.notListed(column), "not_listed", unread);
    }
    if (isFreeText(column)) {
      findings.add(when(length(value).gt(LONGEST_TEXT), line(column.name(), "cut_off", value)));
    }
  }

  /** A text file's values are measured while it is read; Parquet's and a mapping's only here. */
  private Column isOversized() {
    return contract.columns().stream()
        .filter(column -> column.type() instanceof StringType)
        .map(column -> Typed.isRead(column, records) ? Typed.textOf(column) : column.name())
        .map(name -> coalesce(octet_length(Typed.quoted(name)), lit(0)).gt(Oversized.LONGEST_VALUE))
        .reduce(lit(false), Column::or);
  }

  /** Whether a column is text of any kind that no balance needs. */
  private static boolean isFreeText(ContractColumn column) {
    return column.attribute() && column.type() instanceof StringType && !column.isCode();
  }

  private void addAhead(ContractColumn column, Column broken) {
    if (column.nearArrival() && column.attribute()) {
      add(column, Reasons.FAR_FUTURE, Reasons.FAR_FUTURE, broken);
    } else if (column.nearArrival()) {
      farAhead = farAhead.or(coalesce(broken, lit(false)));
    }
  }

  private Column arrivalDay() {
    return dayOf(col(Lineage.ARRIVED));
  }

  private Column dayOf(Column time) {
    return to_date(from_utc_timestamp(time, settings.zone().getId()));
  }

  private static Column outside(Column time) {
    Instant end = LAST_DAY.plusDays(2).atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    Instant begin = FIRST_DAY.minusDays(1).atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    return time.lt(lit(begin)).or(time.geq(lit(end)));
  }

  private void addNumber(ContractColumn column, Column text, Column value, Column unread) {
    boolean read = Typed.isRead(column, records);
    Column wellFormed = read ? text.rlike(Typed.form(column)) : lit(true);
    add(column, Reasons.invalid(column), UNREADABLE, unread.and(not(wellFormed)));
    Column beyond = unread.and(wellFormed);
    if (column.minimum().isPresent()) {
      beyond = beyond.or(value.lt(lit(column.minimum().get())));
    }
    if (column.maximum().isPresent()) {
      beyond = beyond.or(value.gt(lit(column.maximum().get())));
    }
    add(column, Reasons.outOfRange(column), OUT_OF_RANGE, beyond);
    if (column.positive()) {
      add(column, Reasons.notPositive(column), OUT_OF_RANGE, value.leq(lit(0)));
    }
    column
        .currencyFrom()
        .ifPresent(
            currency ->
                add(
                    column,
                    Reasons.tooManyDecimals(column),
                    "too_many_decimals",
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

  /** Notes what breaks a column: of an attribute it is a finding, of another a refusal. */
  private void add(ContractColumn column, String id, String kind, Column broken) {
    if (column.attribute()) {
      odd.computeIfAbsent(column, key -> new LinkedHashMap<>()).merge(kind, broken, Column::or);
    } else {
      add(id, broken);
    }
  }

  private Column finding(ContractColumn column, Map<String, Column> kinds) {
    boolean read = Typed.isRead(column, records);
    Column written = Typed.quoted(read ? Typed.textOf(column) : column.name()).cast("string");
    Column finding = lit(null).cast("string");
    List<String> last = new ArrayList<>(kinds.keySet());
    Collections.reverse(last);
    for (String kind : last) {
      finding = when(kinds.get(kind), line(column.name(), kind, written)).otherwise(finding);
    }
    return finding;
  }

  private static Column line(String column, String kind, Column written) {
    Column shown = left(regexp_replace(written, lit("\\s+"), lit(" ")), lit(SHOWN));
    return concat(lit(column + " " + kind + " "), shown);
  }
}
