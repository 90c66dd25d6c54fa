package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {

  private static final Mart FLOWS = new FlowMart(0);

  private final Attributes who = new Attributes.Known().nothing;
  private final Line line = new Line.Known().nothing;
  private final Cells cells = new Cells(FLOWS);

  @Test
  void changesOfOneCellMeet() {
    add(10, 0, 5);
    add(10, 0, 7);
    add(11, 0, 1);

    Cells.Taken taken = cells.take();

    assertThat(total(taken)).isEqualTo(13);
  }

  @Test
  void whatCancelsOutIsNotHandedOver() {
    add(10, 0, 5);
    add(10, 0, -5);

    assertThat(cells.take().next()).isFalse();
  }

  @Test
  void cellsAreHandedOverBeforeTheyFillTheMemoryOfATask() {
    long added = 0;
    for (int cell = 0; !cells.isFull(); cell++) {
      add(cell % 1_000, cell / 1_000, 1);
      added++;
    }

    long bytesOfParts = added * FLOWS.parts().size() * Long.BYTES;
    // Two tasks with cells, pages to sort and a writer each share two gigabytes.
    assertThat(bytesOfParts).isBetween(4L << 20, 64L << 20);
    assertThat(total(cells.take())).isEqualTo(added);
    assertThat(cells.isFull()).isFalse();
  }

  /**
   * No sum of accepted amounts overflows: what is too much for one row is several, which add up.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "CLP, 99999999999999",
    "USD, 99999999999999.99",
    "KWD, 99999999999999.999",
    "CLF, 99999999999999.9999"
  })
  void theLargestAmountsOfManyAddUpInOneCell(String currency, BigDecimal largest) {
    Mart balances = new BalanceMart(AgeingSchemes.load().on(LocalDate.EPOCH), 0);
    Line ofCurrency = new Line.Known().of(null, null, currency);
    Cells sums = new Cells(balances);
    long units = largest.movePointRight(4).longValueExact() / ofCurrency.minorUnit;
    int lastDay = 376_000;
    int many = 1_000;
    for (int i = 0; i < many; i++) {
      Contribution contribution = new Contribution(Part.slots(balances.parts()));
      long[] parts = contribution.entry("1-30");
      parts[0] = units;
      parts[1] = 1;
      parts[13] = -units;
      Part.putByDay(parts, 4, 14, units, lastDay);
      sums.add(10, who, ofCurrency, contribution.get(0), 1);
    }

    int at = CellRows.schema(balances).fieldIndex("open_amount");
    BigDecimal open = BigDecimal.ZERO;
    BigDecimal byDay = BigDecimal.ZERO;
    BigDecimal disputed = BigDecimal.ZERO;
    long count = 0;
    Iterator<InternalRow> rows = new CellRows(balances).of(sums.take());
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      open = open.add(row.getDecimal(at, 18, 4).toJavaBigDecimal());
      count += row.getLong(at + 1);
      byDay = byDay.add(row.getDecimal(at + 4, 38, 4).toJavaBigDecimal());
      disputed = disputed.add(row.getDecimal(at + 13, 18, 4).toJavaBigDecimal());
    }

    BigDecimal all = largest.multiply(BigDecimal.valueOf(many));
    assertThat(open).isEqualByComparingTo(all);
    assertThat(disputed).isEqualByComparingTo(all.negate());
    assertThat(count).isEqualTo(many);
    assertThat(byDay).isEqualByComparingTo(all.multiply(BigDecimal.valueOf(lastDay)));
  }

  private void add(int day, int number, long value) {
    Contribution contribution = new Contribution(FLOWS.parts().size());
    contribution.entry(null, null, number)[0] = value;
    cells.add(day, who, line, contribution.get(0), 1);
  }

  private static long total(Cells.Taken taken) {
    long total = 0;
    while (taken.next()) {
      total += taken.part(0);
    }
    return total;
  }
}
