package io.recupero.sample;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Builds one table at a time in parallel. Every pass tells all stories again and keeps the rows of
 * its table: telling is cheaper than shuffling or holding what the other tables need.
 *
 * <p>Dates and times travel as numbers and become typed in Spark's own columns, because what Java
 * class a row must carry for them depends on the session.
 */
final class ParquetFiles {

  private ParquetFiles() {}

  static Dataset<Row> table(
      SparkSession spark, GeneratorSettings settings, Table table, int partitions) {
    StructType carried = carried(table);
    Dataset<Row> rows;
    if (Table.REFERENCE.contains(table)) {
      Kept kept = new Kept(table);
      Reference.tell(settings, kept);
      rows = spark.createDataFrame(new ArrayList<>(kept.rows), carried).coalesce(1);
    } else {
      long bigParts = new CustomerStory(settings).parts(1);
      MapPartitionsFunction<Long, Row> stories =
          units -> new Stories(settings, table, bigParts, units);
      rows =
          spark
              .range(0, bigParts + settings.customers() - 1, 1, partitions)
              .mapPartitions(stories, Encoders.row(carried));
    }
    return rows.select(typed(table));
  }

  private static StructType carried(Table table) {
    StructType carried = new StructType();
    for (StructField field : table.schema().fields()) {
      carried = carried.add(field.name(), carrier(field.dataType()));
    }
    return carried;
  }

  private static DataType carrier(DataType type) {
    if (type.equals(DataTypes.DateType)) {
      return DataTypes.IntegerType;
    }
    return type.equals(DataTypes.TimestampType) ? DataTypes.LongType : type;
  }

  private static Column[] typed(Table table) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      Column carried = functions.col(field.name());
      Column column = carried;
      if (field.dataType().equals(DataTypes.DateType)) {
        column = functions.date_from_unix_date(carried);
      } else if (field.dataType().equals(DataTypes.TimestampType)) {
        column = functions.timestamp_micros(carried);
      }
      columns.add(column.as(field.name()));
    }
    return columns.toArray(Column[]::new);
  }

  /** Tells a range of stories one after the other; holds the rows of one part at most. */
  private static final class Stories implements Iterator<Row> {
    private final CustomerStory story;
    private final long bigParts;
    private final Iterator<Long> units;
    private final Kept kept;
    private long customer;
    private int nextPart;
    private int parts;

    Stories(GeneratorSettings settings, Table table, long bigParts, Iterator<Long> units) {
      this.story = new CustomerStory(settings);
      this.bigParts = bigParts;
      this.units = units;
      this.kept = new Kept(table);
    }

    @Override
    public boolean hasNext() {
      while (kept.rows.isEmpty() && (nextPart < parts || units.hasNext())) {
        if (nextPart >= parts) {
          begin(units.next());
        }
        story.tell(customer, nextPart++, kept);
      }
      return !kept.rows.isEmpty();
    }

    /** The first customer may be very big: each of its parts is a unit of its own. */
    private void begin(long unit) {
      boolean first = unit < bigParts;
      customer = first ? 1 : unit - bigParts + 2;
      nextPart = first ? (int) unit : 0;
      parts = first ? nextPart + 1 : story.parts(customer);
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return kept.rows.poll();
    }
  }

  /** Keeps the rows of one table, in the classes that carry them into Spark. */
  private static final class Kept implements Out {
    private final Table table;
    private final Deque<Row> rows = new ArrayDeque<>();

    Kept(Table table) {
      this.table = table;
    }

    @Override
    public boolean wants(Table other) {
      return other == table;
    }

    @Override
    public void row(Table of, Object... values) {
      if (of != table) {
        return;
      }
      Object[] carried = new Object[values.length];
      for (int i = 0; i < values.length; i++) {
        carried[i] = carried(table.schema().fields()[i].dataType(), values[i]);
      }
      rows.add(RowFactory.create(carried));
    }

    private static Object carried(DataType type, Object value) {
      if (value instanceof LocalDate day) {
        return type.equals(DataTypes.DateType)
            ? (Object) (int) day.toEpochDay()
            : (Object) endOf(day);
      }
      if (value instanceof OffsetDateTime time) {
        return micros(time.toInstant());
      }
      boolean whole = value instanceof Integer && type instanceof DecimalType;
      return whole ? BigDecimal.valueOf((Integer) value) : value;
    }

    /** A bare date where a time is due means the end of that day, see inputs. */
    private static long endOf(LocalDate day) {
      return micros(day.plusDays(1).atStartOfDay(Account.ZONE).toInstant()) - 1;
    }

    private static long micros(Instant instant) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
  }
}
