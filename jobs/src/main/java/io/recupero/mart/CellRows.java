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

/** Cells as rows of the mart's table; one row object, written again and again. */
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

      @Override
      public boolean hasNext() {
        if (!asked) {
          has = cells.next();
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
        write(cells, values);
        return row;
      }
    };
  }

  private void write(Cells.Taken cell, Object[] row) {
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
    for (int i = 0; i < parts.size(); i++) {
      row[at + i] = parts.get(i).value(cell.part(i), cell.line().minorUnit);
    }
  }

  private int width() {
    int ofKeys = keys.texts().size() + (keys.number() == null ? 0 : 1);
    return 1 + Marts.DIMENSIONS.size() + ofKeys + parts.size();
  }

  private UTF8String utf8(String text) {
    return text == null ? null : texts.computeIfAbsent(text, UTF8String::fromString);
  }
}
