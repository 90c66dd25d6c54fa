package io.recupero.segment;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The values of each feature, thousands to a row: what travels is a block, not a value.
 *
 * <p>Rows come as the as-of date, the segment, the currency and then the features; blocks go out as
 * {@link #SCHEMA}. An amount of a customer without documents, and so without a currency, is left
 * out.
 */
final class FeatureBlocks implements Iterator<InternalRow> {

  /** Digits after the point of a sum. */
  static final int SCALE = 9;

  /** The slice that a block is a part of, in one text and apart; its customers and their values. */
  static final StructType SCHEMA =
      new StructType()
          .add("slice", DataTypes.StringType)
          .add("as_of", DataTypes.DateType)
          .add("segment", DataTypes.StringType)
          .add("feature", DataTypes.StringType)
          .add("currency", DataTypes.StringType)
          .add("customers", DataTypes.LongType)
          .add("sum", DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), SCALE))
          .add("values", DataTypes.BinaryType);

  private static final int FIRST_FEATURE = 3;
  private static final int MOST_VALUES = 4096;

  private final Iterator<InternalRow> rows;
  private final List<Feature> features;
  private final Map<Slice, Block[]> blocks = new HashMap<>();
  private final ArrayDeque<InternalRow> ready = new ArrayDeque<>();
  private boolean ended;

  /**
   * A column to pack.
   *
   * @param isAmount whether its values count by currency
   */
  record Feature(String name, DataType type, boolean isAmount) implements Serializable {}

  /**
   * Packs the rows of a partition.
   *
   * @param features the columns after the first three, in their order
   */
  FeatureBlocks(Iterator<InternalRow> rows, List<Feature> features) {
    this.rows = rows;
    this.features = features;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      if (rows.hasNext()) {
        take(rows.next());
      } else {
        ended = true;
        blocks.forEach((slice, all) -> flush(slice, all, 1));
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.poll();
  }

  private void take(InternalRow row) {
    int asOf = row.getInt(0);
    UTF8String segment = row.isNullAt(1) ? null : row.getUTF8String(1);
    take(row, new Slice(asOf, segment, null));
    if (!row.isNullAt(2)) {
      take(row, new Slice(asOf, segment, row.getUTF8String(2)));
    }
  }

  private void take(InternalRow row, Slice slice) {
    Block[] all = blocks.get(slice);
    if (all == null) {
      all = new Block[features.size()];
      blocks.put(slice.copy(), all);
    }
    for (int i = 0; i < all.length; i++) {
      if (slice.isOf(features.get(i))) {
        if (all[i] == null) {
          all[i] = new Block(features.get(i));
        }
        all[i].take(row, FIRST_FEATURE + i);
      }
    }
    flush(slice, all, MOST_VALUES);
  }

  private void flush(Slice slice, Block[] all, int least) {
    for (Block block : all) {
      if (block != null && block.customers >= least) {
        ready.add(block.end(slice));
      }
    }
  }

  private record Slice(int asOf, UTF8String segment, UTF8String currency) {

    /** Amounts are told apart by currency, everything else is not. */
    boolean isOf(Feature feature) {
      return feature.isAmount() == (currency != null);
    }

    Slice copy() {
      return new Slice(asOf, copy(segment), copy(currency));
    }

    private static UTF8String copy(UTF8String text) {
      return text == null ? null : text.clone();
    }

    String name(String feature) {
      return asOf + "\n" + segment + (segment == null ? "\n\n" : "\n") + feature + "\n" + currency;
    }
  }

  private static final class Block {

    private final Feature feature;
    private final UTF8String name;
    private final int scale;
    private double[] values = new double[16];
    private int size;
    private long customers;
    private long sum;
    private BigDecimal beyond = BigDecimal.ZERO;

    Block(Feature feature) {
      this.feature = feature;
      this.name = UTF8String.fromString(feature.name());
      this.scale =
          feature.type() instanceof DecimalType decimal
              ? decimal.scale()
              : feature.type() instanceof DoubleType ? SCALE : 0;
    }

    void take(InternalRow row, int at) {
      customers++;
      if (row.isNullAt(at)) {
        return;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      if (feature.type() instanceof DecimalType type) {
        Decimal value = row.getDecimal(at, type.precision(), type.scale());
        values[size++] = value.toDouble();
        add(value.toJavaBigDecimal());
      } else if (feature.type() instanceof DoubleType) {
        double value = row.getDouble(at);
        values[size++] = value;
        add(BigDecimal.valueOf(value));
      } else {
        long value = feature.type() instanceof IntegerType ? row.getInt(at) : row.getLong(at);
        values[size++] = value;
        sum = Math.addExact(sum, value);
      }
    }

    private void add(BigDecimal value) {
      BigDecimal units = value.setScale(scale, RoundingMode.HALF_UP);
      if (units.unscaledValue().bitLength() < 62 && Math.abs(sum) < 1L << 62) {
        sum += units.unscaledValue().longValue();
      } else {
        beyond = beyond.add(units);
      }
    }

    InternalRow end(Slice slice) {
      BigDecimal total = BigDecimal.valueOf(sum, scale).add(beyond);
      ByteBuffer bytes = ByteBuffer.allocate(size * Double.BYTES);
      bytes.asDoubleBuffer().put(values, 0, size);
      Object[] row = {
        UTF8String.fromString(slice.name(feature.name())),
        slice.asOf,
        slice.segment == null ? null : slice.segment.clone(),
        name,
        slice.currency == null ? null : slice.currency.clone(),
        customers,
        Decimal.apply(total, DecimalType.MAX_PRECISION(), SCALE),
        bytes.array()
      };
      size = 0;
      customers = 0;
      sum = 0;
      beyond = BigDecimal.ZERO;
      return new GenericInternalRow(row);
    }
  }
}
