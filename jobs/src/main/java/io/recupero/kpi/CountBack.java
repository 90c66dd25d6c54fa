package io.recupero.kpi;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.TreeMap;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import scala.Tuple4;

/**
 * The count-back in SQL: {@code countback(billing_month, billed_amount, open_amount, as_of_day)}.
 *
 * <p>The balance is used up by the running month's billing with its days so far, then by each month
 * before with all its days; the last counts by its fraction. Nothing open: 0 days. Null where
 * billing runs out first. A month without billing in between counts with all its days. Amounts may
 * be rounded to twelve decimals, as converted ones are: what that can leave is no balance.
 */
public final class CountBack
    extends Aggregator<Tuple4<String, BigDecimal, BigDecimal, Integer>, CountBack.Books, Double> {

  private static final long serialVersionUID = 1L;

  /** The name of the aggregate. */
  static final String NAME = "countback";

  static final Encoder<Tuple4<String, BigDecimal, BigDecimal, Integer>> INPUT =
      Encoders.tuple(Encoders.STRING(), Encoders.DECIMAL(), Encoders.DECIMAL(), Encoders.INT());

  /** What was billed in each month, what is open, and on which day: public because Spark asks. */
  public static final class Books implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, BigDecimal> billed = new TreeMap<>();
    private BigDecimal open = BigDecimal.ZERO;
    private long amounts;
    private Integer day;

    private Books add(Books other) {
      other.billed.forEach((month, amount) -> billed.merge(month, amount, BigDecimal::add));
      open = open.add(other.open);
      amounts += other.amounts;
      day = other.day == null ? day : other.day;
      return this;
    }

    Double days() {
      if (open.signum() == 0) {
        return 0.0;
      }
      LocalDate asOf = LocalDate.ofEpochDay(day);
      YearMonth month = YearMonth.from(asOf);
      BigDecimal crumbs = BigDecimal.valueOf(amounts, Rate.DECIMALS);
      BigDecimal left = open;
      long whole = 0;
      while (left.compareTo(crumbs) > 0
          && !billed.isEmpty()
          && month.toString().compareTo(billed.firstKey()) >= 0) {
        int days =
            month.equals(YearMonth.from(asOf)) ? asOf.getDayOfMonth() : month.lengthOfMonth();
        BigDecimal ofMonth = billed.getOrDefault(month.toString(), BigDecimal.ZERO);
        if (ofMonth.signum() > 0 && ofMonth.add(crumbs).compareTo(left) >= 0) {
          BigDecimal part =
              left.min(ofMonth)
                  .multiply(BigDecimal.valueOf(days))
                  .divide(ofMonth, MathContext.DECIMAL64);
          return BigDecimal.valueOf(whole).add(part).doubleValue();
        }
        left = left.subtract(ofMonth);
        whole += days;
        month = month.minusMonths(1);
      }
      return left.compareTo(crumbs) > 0 ? null : Double.valueOf(whole);
    }
  }

  @Override
  public Books zero() {
    return new Books();
  }

  @Override
  public Books reduce(Books books, Tuple4<String, BigDecimal, BigDecimal, Integer> cell) {
    if (cell._1() != null && cell._2() != null && cell._2().signum() != 0) {
      books.billed.merge(cell._1(), cell._2(), BigDecimal::add);
      books.amounts++;
    }
    if (cell._3() != null) {
      books.open = books.open.add(cell._3());
      books.amounts += cell._3().signum() == 0 ? 0 : 1;
    }
    books.day = cell._4();
    return books;
  }

  @Override
  public Books merge(Books books, Books other) {
    return books.add(other);
  }

  @Override
  public Double finish(Books books) {
    return books.days();
  }

  @Override
  public Encoder<Books> bufferEncoder() {
    return Encoders.javaSerialization(Books.class);
  }

  @Override
  public Encoder<Double> outputEncoder() {
    return Encoders.DOUBLE();
  }
}
