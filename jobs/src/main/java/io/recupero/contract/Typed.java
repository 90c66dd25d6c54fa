package io.recupero.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the canonical text of records as their contract's types; what is unreadable is null. */
final class Typed {

  static final String DATE = "^\\d{4}-\\d{2}-\\d{2}$";
  static final String NUMBER = "^[+-]?(\\d+\\.?\\d*|\\.\\d+)$";
  private static final String INTEGER = "^[+-]?\\d+$";
  private static final String TIMESTAMP =
      "^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}(:?\\d{2})?)$";

  private Typed() {}

  /**
   * Returns the records with typed columns, the text they were read from and their lineage.
   *
   * <p>A column the text lacks is null in every record. One that its file said typed has no text:
   * there is nothing that could not be read.
   */
  static Dataset<Row> of(Contract contract, Dataset<Row> text, JudgeSettings settings) {
    Set<String> present = new HashSet<>(Arrays.asList(text.columns()));
    List<Column> columns = new ArrayList<>();
    for (ContractColumn column : contract.columns()) {
      String typed = AsDeclared.name(column.name());
      Column written = present.contains(column.name()) ? quoted(column.name()) : nothing();
      if (present.contains(typed)) {
        columns.add(quoted(typed).as(column.name()));
      } else {
        Column value = value(column, written, settings);
        Column whole =
            column
                .within()
                .filter(present::contains)
                .map(company -> ofCompany(quoted(company), value))
                .orElse(value);
        columns.add(whole.as(column.name()));
        if (isTyped(column)) {
          columns.add(written.as(textOf(column)));
        }
      }
    }
    for (String name : Lineage.OF_A_TEXT) {
      columns.add(present.contains(name) ? col(name) : nothing().as(name));
    }
    return text.select(columns.toArray(Column[]::new));
  }

  /** Returns the name of the column with the text that a typed column was read from. */
  static String textOf(ContractColumn column) {
    return isTyped(column) ? "_text_" + column.name() : column.name();
  }

  /** Returns whether a column's value can be other than its text. */
  private static boolean isTyped(ContractColumn column) {
    return !Reasons.kind(column).isEmpty() || column.isCode();
  }

  /** Returns whether a column of these records was read from text. */
  static boolean isRead(ContractColumn column, Dataset<Row> records) {
    return Arrays.asList(records.columns()).contains("_text_" + column.name());
  }

  /** Returns the number's form as it has to be written, for a typed column of numbers. */
  static String form(ContractColumn column) {
    return "integer".equals(Reasons.kind(column)) ? INTEGER : NUMBER;
  }

  static Column quoted(String name) {
    return col("`" + name + "`");
  }

  /**
   * Returns a number as the program knows it: {@code company/number}; the number alone where no
   * company is given. The first slash ends the company, so no two companies share a number.
   */
  private static Column ofCompany(Column company, Column number) {
    Column plain = replace(replace(company, lit("%"), lit("%25")), lit("/"), lit("%2F"));
    return coalesce(concat(plain, lit("/"), number), number);
  }

  private static Column nothing() {
    return lit(null).cast("string");
  }

  private static Column value(ContractColumn column, Column text, JudgeSettings settings) {
    if (column.isCode()) {
      return column
          .codes()
          .map(list -> CodeLists.code(list, text))
          .orElseGet(() -> CodeLists.code(column.values(), text));
    }
    // the form is looked at first, because a cast accepts more than the interface promises
    return switch (Reasons.kind(column)) {
      case "date" -> when(text.rlike(DATE), text.try_cast("date"));
      case "timestamp" -> time(column, text, settings);
      case "number", "integer" -> when(text.rlike(form(column)), text.try_cast(column.type()));
      case "boolean" -> when(lower(text).isin("true", "false"), text.try_cast("boolean"));
      default -> text;
    };
  }

  private static Column time(ContractColumn column, Column text, JudgeSettings settings) {
    // Spark reads an offset only after seconds
    Column whole = regexp_replace(text, "^(.{16})([Z+-].*)$", "$1:00$2");
    Column time = when(text.rlike(TIMESTAMP), whole.try_cast("timestamp"));
    return column.bareDate()
        ? time.when(text.rlike(DATE), KnownAt.endOfDay(text.try_cast("date"), settings.zone()))
        : time;
  }
}
