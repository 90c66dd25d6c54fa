package io.recupero.mart;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * A record of work as it travels; see {@link WorkRows}.
 *
 * @param numbers null where the record says nothing
 */
record WorkRecord(int kind, String id, long knownAt, String[] texts, Long[] numbers) {

  /** A day that a record does not give. */
  static final int NO_DAY = Integer.MIN_VALUE;

  static WorkRecord of(int kind, String id, long knownAt, InternalRow row, int textsAt) {
    ArrayData texts = row.getArray(textsAt);
    ArrayData numbers = row.getArray(textsAt + 1);
    String[] words = new String[texts.numElements()];
    for (int i = 0; i < words.length; i++) {
      words[i] = texts.isNullAt(i) ? null : texts.getUTF8String(i).toString();
    }
    Long[] values = new Long[numbers.numElements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.isNullAt(i) ? null : numbers.getLong(i);
    }
    return new WorkRecord(kind, id, knownAt, words, values);
  }

  String text(int at) {
    return texts[at];
  }

  int day(int at) {
    return numbers[at] == null ? NO_DAY : Math.toIntExact(numbers[at]);
  }

  boolean has(int at) {
    return numbers[at] != null;
  }

  long number(int at) {
    return numbers[at] == null ? 0 : numbers[at];
  }
}
