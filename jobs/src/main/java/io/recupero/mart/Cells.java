package io.recupero.mart;

import io.recupero.ledger.Money;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The deltas of one partition, added up by cell as they come: many receivables share a cell, so far
 * less leaves the partition than came in.
 */
final class Cells {

  /** Enough to fold the days of a few million events, small enough for a laptop's heap. */
  private static final int MOST = 1_000_000;

  private final Map<Cell, long[]> deltas = new HashMap<>();

  void add(Cell cell, long[] parts, int sign, Consumer<InternalRow> out) {
    long[] sums = deltas.computeIfAbsent(cell, c -> new long[parts.length]);
    if (wouldOverflow(sums, parts, sign)) {
      out.accept(row(cell, sums));
      sums = new long[parts.length];
      deltas.put(cell, sums);
    }
    for (int i = 0; i < parts.length; i++) {
      sums[i] += sign * parts[i];
    }
    if (deltas.size() > MOST) {
      flush(out);
    }
  }

  private static boolean wouldOverflow(long[] sums, long[] parts, int sign) {
    for (int i = 0; i < parts.length; i++) {
      long part = sign * parts[i];
      long sum = sums[i] + part;
      if (((sums[i] ^ sum) & (part ^ sum)) < 0) {
        return true;
      }
    }
    return false;
  }

  void flush(Consumer<InternalRow> out) {
    deltas.forEach(
        (cell, parts) -> {
          if (!isNothing(parts)) {
            out.accept(row(cell, parts));
          }
        });
    deltas.clear();
  }

  private static boolean isNothing(long[] parts) {
    for (long part : parts) {
      if (part != 0) {
        return false;
      }
    }
    return true;
  }

  private static InternalRow row(Cell cell, long[] parts) {
    Debtor.Attributes who = cell.attributes;
    return new GenericInternalRow(
        new Object[] {
          cell.mart,
          cell.day,
          utf8(cell.portfolio),
          utf8(who.segment()),
          utf8(who.country()),
          utf8(who.region()),
          utf8(who.industry()),
          utf8(who.companySize()),
          utf8(cell.debtType),
          utf8(cell.currency),
          utf8(cell.textKey),
          utf8(cell.secondKey),
          cell.numberKey,
          unit(cell.currency),
          new GenericArrayData(parts.clone())
        });
  }

  /** What one minor unit is worth: 1 peso, 0.01 dollars, 0.0001 UF. */
  private static Decimal unit(String currency) {
    long unit = 1;
    for (int i = Money.decimals(currency); i < Money.SCALE; i++) {
      unit *= 10;
    }
    return Decimal.createUnsafe(unit, 5, Money.SCALE);
  }

  private static UTF8String utf8(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }

  /** A day, the dimensions and the mart's own keys. */
  static final class Cell {
    final int mart;
    final int day;
    final Debtor.Attributes attributes;
    final String portfolio;
    final String debtType;
    final String currency;
    final String textKey;
    final String secondKey;
    final int numberKey;
    private final int hash;

    Cell(int mart, int day, Debtor.Attributes attributes, Receivable of, Contribution.Entry entry) {
      this.mart = mart;
      this.day = day;
      this.attributes = attributes;
      this.portfolio = of.portfolio;
      this.debtType = of.debtType;
      this.currency = of.currency;
      this.textKey = entry.textKey;
      this.secondKey = entry.secondKey;
      this.numberKey = entry.numberKey;
      int h = mart * 31 + day;
      h = h * 31 + attributes.groupHash();
      h = h * 31 + Objects.hashCode(portfolio);
      h = h * 31 + Objects.hashCode(debtType);
      h = h * 31 + Objects.hashCode(currency);
      h = h * 31 + Objects.hashCode(textKey);
      h = h * 31 + Objects.hashCode(secondKey);
      this.hash = h * 31 + numberKey;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Cell that
          && hash == that.hash
          && mart == that.mart
          && day == that.day
          && numberKey == that.numberKey
          && attributes.groupsAs(that.attributes)
          && Objects.equals(portfolio, that.portfolio)
          && Objects.equals(debtType, that.debtType)
          && Objects.equals(currency, that.currency)
          && Objects.equals(textKey, that.textKey)
          && Objects.equals(secondKey, that.secondKey);
    }
  }
}
