package io.recupero.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;

/** Says why a record was refused: each reason, what is written there, and where it is made. */
final class Told {

  /** How much of what is written is shown. */
  private static final int SHOWN = 60;

  private Told() {}

  /**
   * Returns the reasons as one text.
   *
   * @param reasons a line for each reason: its id and its text, with a tab between
   * @param values see {@link Lineage#VALUES}
   * @param written see {@link Lineage#WRITTEN}
   */
  static Column of(Column reasons, Column values, Column written, String language) {
    UDF4<String, String, String, String, String> told =
        (all, shown, places, in) -> text(all, lines(shown), lines(places), "es".equals(in));
    return udf(told, DataTypes.StringType).apply(reasons, values, written, lit(language));
  }

  /** Returns the {@link Lineage#VALUES} of typed records. */
  static Column values(Contract contract, Dataset<Row> records) {
    List<Column> lines = new ArrayList<>();
    for (ContractColumn column : contract.columns()) {
      if (!Typed.isRead(column, records)) {
        continue;
      }
      Column text = Typed.quoted(Typed.textOf(column));
      Column unread = text.isNotNull().and(Typed.quoted(column.name()).isNull());
      lines.add(when(unread, line(Reasons.invalid(column), text)));
      lines.add(when(unread, line(Reasons.outOfRange(column), text)));
      column
          .currencyFrom()
          .map(currency -> CodeLists.rounded(text, col(currency)).isNotNull())
          .ifPresent(more -> lines.add(when(more, line(Reasons.tooManyDecimals(column), text))));
    }
    return nullif(concat_ws("\n", lines.toArray(Column[]::new)), lit(""));
  }

  private static Column line(String id, Column text) {
    // signs that would end the line are shown as such
    return concat_ws("\t", lit(id), left(translate(text, "\t\n\r", "␉␊␍"), lit(SHOWN)));
  }

  static String text(
      String reasons, Map<String, String[]> values, Map<String, String[]> places, boolean spanish) {
    List<String> texts = new ArrayList<>();
    for (String line : reasons.split("\n")) {
      String[] reason = line.split("\t", 2);
      StringBuilder text = new StringBuilder(reason[1]);
      String[] value = values.get(reason[0]);
      String[] place = places.get(reason[0]);
      if (value != null && value.length > 1) {
        text.append(": «").append(visible(value[1])).append('»');
      }
      if (place != null && place.length > 2) {
        text.append(spanish ? ", se espera como " : ", expected such as ").append(place[2]);
      }
      if (place != null && place.length > 1) {
        text.append(" (").append(place[1]).append(')');
      }
      texts.add(text.toString());
    }
    return String.join("; ", texts);
  }

  /** Returns the lines by their first part; the first of several counts. */
  static Map<String, String[]> lines(String text) {
    Map<String, String[]> lines = new HashMap<>();
    if (text != null) {
      for (String line : text.split("\n")) {
        String[] parts = line.split("\t");
        lines.putIfAbsent(parts[0], parts);
      }
    }
    return lines;
  }

  /** Returns a text whose signs that nobody sees are written as their codes. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            sign -> {
              boolean unseen =
                  sign != ' '
                      && (Character.isSpaceChar(sign)
                          || Character.isISOControl(sign)
                          || Character.getType(sign) == Character.FORMAT);
              visible.append(unseen ? "[U+%04X]".formatted(sign) : Character.toString(sign));
            });
    return visible.toString();
  }
}
