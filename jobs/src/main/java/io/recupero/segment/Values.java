package io.recupero.segment;

import io.recupero.ledger.Money;
import io.recupero.ledger.WideSum;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The row under way; what is not put stays null. */
final class Values {

  private static final int AMOUNT_DIGITS = 18;
  private static final int SUM_DIGITS = 38;

  private final Map<String, Integer> places = new HashMap<>();
  private Object[] row;

  Values(StructType schema) {
    for (String name : schema.fieldNames()) {
      places.put(name, places.size());
    }
    begin();
  }

  void begin() {
    row = new Object[places.size()];
  }

  InternalRow end() {
    InternalRow ended = new GenericInternalRow(row);
    begin();
    return ended;
  }

  void day(String name, int day) {
    put(name, day);
  }

  void text(String name, String text) {
    put(name, text == null ? null : UTF8String.fromString(text));
  }

  void count(String name, long count) {
    put(name, count);
  }

  void truth(String name, boolean truth) {
    put(name, truth);
  }

  /** Puts days, a share or a slope; NaN is null. */
  void number(String name, double number) {
    put(name, Double.isNaN(number) ? null : number);
  }

  /** Puts {@code 100 * part / whole}; null where the whole is zero. */
  void percent(String name, double part, double whole) {
    number(name, whole == 0 ? Double.NaN : 100 * part / whole);
  }

  /** Puts a sum of amounts in ten-thousandths, in a column of 38 digits. */
  void amount(String name, WideSum amount) {
    put(name, Decimal.apply(new BigDecimal(amount.value(), Money.SCALE), SUM_DIGITS, Money.SCALE));
  }

  /** Puts an amount in ten-thousandths. */
  void amount(String name, long amount) {
    put(name, Decimal.createUnsafe(amount, AMOUNT_DIGITS, Money.SCALE));
  }

  private void put(String name, Object value) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalStateException(
          "Cannot put "
              + name
              + ": the table has no such column. Of a feature, add it to"
              + " schemas/contracts/gold.customer_features.yaml.");
    }
    row[place] = value;
  }
}
