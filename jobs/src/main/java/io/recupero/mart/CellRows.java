package io.recupero.mart;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Cells as rows of the mart's table; one row object, written again and again. A cell whose amounts
 * have more digits than the column is several rows, which add up.
 */
final class CellRows {

  private final Mart.Keys keys;
  private final List<Part> parts;
  private final Map<String, UTF8String> texts = new HashMap<>();

  CellRows(Mart mart) {
    this.keys = mart.keys();
    this.parts = mart.parts();
  }

  /** Returns the columns of a mart's table: day, dimensions, its own keys, its parts. */
  static StructType schema(Mart mart) {
    StructType schema = new StructType().add("day", DataTypes.DateType, false);
    for (String dimension : Marts.DIMENSIONS) {
      schema = schema.add(dimension, DataTypes.StringType, true);
    }
    for (String key : mart.keys().texts()) {
      schema = schema.add(key, DataTypes.StringType, true);
    }
    if (mart.keys().number() != null) {
      schema = schema.add(mart.keys().number(), DataTypes.IntegerType, true);
    }
    for (Part part : mart.parts()) {
      schema = schema.add(part.name(), part.type(), true);
    }
    return schema;
  }

  Iterator<InternalRow> of(Cells.Taken cells) {
    return new Iterator<>() {
      private final Object[] values = new Object[width()];
      private final InternalRow row = new GenericInternalRow(values);
      private boolean asked;
      private boolean has;
      private boolean left;

      @Override
      public boolean hasNext() {
        if (!asked) {
          has = left || cells.next();
          asked = true;
        }
        return has;
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        asked = false;
        left = write(cells, values);
        return row;
      }
    };
  }

  /** Writes a row of a cell; returns whether an amount has more digits than one row holds. */
  private boolean write(Cells.Taken cell, Object[] row) {
    row[0] = cell.day();
    row[1] = utf8(cell.line().portfolio());
    row[2] = utf8(cell.attributes().segment());
    row[3] = utf8(cell.attributes().country());
    row[4] = utf8(cell.attributes().region());
    row[5] = utf8(cell.attributes().industry());
    row[6] = utf8(cell.attributes().companySize());
    row[7] = utf8(cell.line().debtType());
    row[8] = utf8(cell.line().currency());
    int at = 1 + Marts.DIMENSIONS.size();
    if (keys.isWide()) {
      for (String key : Mart.Keys.split(cell.textKey())) {
        row[at++] = key.isEmpty() ? null : UTF8String.fromString(key);
      }
    } else {
      for (int i = 0; i < keys.texts().size(); i++) {
        row[at++] = utf8(i == 0 ? cell.textKey() : cell.secondKey());
      }
    }
    if (keys.number() != null) {
      row[at++] = cell.numberKey();
    }
    return writeParts(cell, row, at);
  }

  private boolean writeParts(Cells.Taken cell, Object[] row, int at) {
    long minorUnit = cell.line().minorUnit;
    long most = Part.most(minorUnit);
    int high = parts.size();
    boolean left = false;
    for (int i = 0; i < parts.size(); i++) {
      long sum = cell.part(i);
      switch (parts.get(i).kind()) {
        case AMOUNT -> {
          long held = Math.max(-most, Math.min(most, sum));
          cell.leave(i, sum - held);
          left |= sum != held;
          row[at + i] = parts.get(i).value(held, 0, minorUnit);
        }
        case AMOUNT_BY_DAY -> {
          row[at + i] = parts.get(i).value(sum, cell.part(high), minorUnit);
          cell.leave(i, 0);
          cell.leave(high++, 0);
        }
        case COUNT -> {
          row[at + i] = parts.get(i).value(sum, 0, minorUnit);
          cell.leave(i, 0);
        }
      }
    }
    return left;
  }

  private int width() {
    int ofKeys = keys.texts().size() + (keys.number() == null ? 0 : 1);
    return 1 + Marts.DIMENSIONS.size() + ofKeys + parts.size();
  }

  private UTF8String utf8(String text) {
    return text == null ? null : texts.computeIfAbsent(text, UTF8String::fromString);
  }
}
