package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/** The blocks of a slice in, its distribution out, in the columns of gold.segment_features. */
final class DistributionWalker implements GroupWalk.Walker {

  private static final int PRECISION = DecimalType.MAX_PRECISION();
  private static final int SCALE = FeatureBlocks.SCALE;

  private double[] values = new double[16];
  private int size;
  private long customers;
  private BigDecimal sum;
  private Object[] slice;

  @Override
  public void row(InternalRow block) {
    if (slice == null) {
      slice = new Object[] {block.getInt(1), text(block, 2), text(block, 3), text(block, 4)};
      sum = BigDecimal.ZERO;
    }
    customers += block.getLong(5);
    sum = sum.add(block.getDecimal(6, PRECISION, SCALE).toJavaBigDecimal());
    DoubleBuffer more = ByteBuffer.wrap(block.getBinary(7)).asDoubleBuffer();
    int count = more.remaining();
    if (size + count > values.length) {
      values = Arrays.copyOf(values, Math.max(size + count, 2 * values.length));
    }
    more.get(values, size, count);
    size += count;
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    Arrays.sort(values, 0, size);
    double[] sorted = Arrays.copyOf(values, size);
    BigDecimal mean =
        size == 0 ? null : sum.divide(BigDecimal.valueOf(size), SCALE, RoundingMode.HALF_UP);
    Object[] row = Arrays.copyOf(slice, slice.length + 7);
    row[4] = (long) size;
    row[5] = size == 0 ? null : number(sum);
    row[6] = size == 0 ? null : number(mean);
    row[7] = percentile(sorted, 0.5);
    row[8] = percentile(sorted, 0.1);
    row[9] = percentile(sorted, 0.9);
    row[10] = 100.0 * (customers - size) / customers;
    out.accept(new GenericInternalRow(row));
    slice = null;
    customers = 0;
    size = 0;
  }

  private static Decimal percentile(double[] sorted, double share) {
    return sorted.length == 0
        ? null
        : number(
            BigDecimal.valueOf(Statistics.percentile(sorted, share))
                .setScale(SCALE, RoundingMode.HALF_UP));
  }

  private static Decimal number(BigDecimal value) {
    return Decimal.apply(value, PRECISION, SCALE);
  }

  private static Object text(InternalRow row, int at) {
    return row.isNullAt(at) ? null : row.getUTF8String(at).clone();
  }
}
