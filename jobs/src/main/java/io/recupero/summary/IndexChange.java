package io.recupero.summary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Why the delinquency index moved between two closes, in percentage points that add up to the
 * change exactly.
 *
 * <p>Within a segment the month's movements are taken one after the other, each being worth what
 * the index moves by it: what was billed, what fell overdue, then what left by payment, credit,
 * write-off and agreement. Segments count by the mean of their shares of the balance at both
 * closes; what moves because those shares moved is the mix (Bennet's decomposition).
 */
final class IndexChange {

  /** Decimals of a part, in percentage points. */
  static final int SCALE = 12;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** What moves the index. */
  enum Part {
    /** What was billed or charged makes the balance greater, and none of it is overdue yet. */
    NEW_BILLING,
    /** What fell overdue. */
    AGEING,
    RECOVERIES,
    CREDITS,
    WRITE_OFFS,
    /** Agreements: credit notes for what they replace, instalments in their place. */
    AGREEMENTS,
    /** Segments with a higher or lower index have become a greater or smaller share. */
    MIX
  }

  /**
   * One segment's month.
   *
   * @param overdueBefore overdue at the close before
   * @param openBefore open then
   * @param overdue overdue at the close
   * @param open open at the close
   * @param instalments instalments of agreements that began
   * @param left what left by each way, of everything
   * @param leftOverdue what left by each way of what was overdue at the close before
   */
  record Segment(
      BigDecimal overdueBefore,
      BigDecimal openBefore,
      BigDecimal overdue,
      BigDecimal open,
      BigDecimal instalments,
      Map<Part, BigDecimal> left,
      Map<Part, BigDecimal> leftOverdue) {

    private static final List<Part> WAYS_OUT =
        List.of(Part.RECOVERIES, Part.CREDITS, Part.WRITE_OFFS, Part.AGREEMENTS);

    private BigDecimal sum(Map<Part, BigDecimal> amounts) {
      return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns by how much each part moves the segment's own index; they add up to its change. */
    Map<Part, BigDecimal> effects() {
      Map<Part, BigDecimal> effects = new EnumMap<>(Part.class);
      BigDecimal late = overdueBefore;
      BigDecimal all = openBefore;
      BigDecimal index = index(late, all, BigDecimal.ZERO);
      BigDecimal billed = open.subtract(openBefore).add(sum(left)).subtract(instalments);
      BigDecimal aged = overdue.subtract(overdueBefore).add(sum(leftOverdue));

      all = all.add(billed);
      index = move(effects, Part.NEW_BILLING, index, late, all);
      late = late.add(aged);
      index = move(effects, Part.AGEING, index, late, all);
      for (Part way : WAYS_OUT) {
        late = late.subtract(leftOverdue.getOrDefault(way, BigDecimal.ZERO));
        all = all.subtract(left.getOrDefault(way, BigDecimal.ZERO));
        if (way == Part.AGREEMENTS) {
          all = all.add(instalments);
        }
        index = move(effects, way, index, late, all);
      }
      return effects;
    }

    private static BigDecimal move(
        Map<Part, BigDecimal> effects,
        Part part,
        BigDecimal before,
        BigDecimal late,
        BigDecimal all) {
      BigDecimal after = index(late, all, before);
      effects.put(part, after.subtract(before));
      return after;
    }
  }

  private IndexChange() {}

  /** Returns 100 * late / all; {@code otherwise} where there is nothing. */
  private static BigDecimal index(BigDecimal late, BigDecimal all, BigDecimal otherwise) {
    return all.signum() == 0
        ? otherwise
        : late.multiply(HUNDRED).divide(all, MathContext.DECIMAL128);
  }

  /**
   * Returns the parts, which add up to the change of the index of all segments together; empty
   * where it has no value at one of the closes.
   */
  static Map<Part, BigDecimal> of(List<Segment> segments) {
    BigDecimal openBefore = total(segments, Segment::openBefore);
    BigDecimal open = total(segments, Segment::open);
    if (openBefore.signum() == 0 || open.signum() == 0) {
      return Map.of();
    }
    Map<Part, BigDecimal> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      parts.put(part, BigDecimal.ZERO);
    }
    for (Segment segment : segments) {
      BigDecimal shareBefore = segment.openBefore().divide(openBefore, MathContext.DECIMAL128);
      BigDecimal share = segment.open().divide(open, MathContext.DECIMAL128);
      if (segment.openBefore().signum() != 0 && segment.open().signum() != 0) {
        BigDecimal weight = shareBefore.add(share).divide(TWO, MathContext.DECIMAL128);
        segment
            .effects()
            .forEach((part, effect) -> parts.merge(part, effect.multiply(weight), BigDecimal::add));
      }
    }
    parts.replaceAll((part, effect) -> effect.setScale(SCALE, RoundingMode.HALF_EVEN));
    BigDecimal change = after(segments).subtract(before(segments));
    BigDecimal rest = change;
    for (Part part : Part.values()) {
      rest = part == Part.MIX ? rest : rest.subtract(parts.get(part));
    }
    // By Bennet's identity what is left is the mix; taken as the rest, the sum is exact.
    parts.put(Part.MIX, rest);
    return parts;
  }

  /** Returns the index at the close before; null where nothing was open. */
  static BigDecimal before(List<Segment> segments) {
    return rounded(total(segments, Segment::overdueBefore), total(segments, Segment::openBefore));
  }

  /** Returns the index at the close; null where nothing was open. */
  static BigDecimal after(List<Segment> segments) {
    return rounded(total(segments, Segment::overdue), total(segments, Segment::open));
  }

  private static BigDecimal rounded(BigDecimal late, BigDecimal all) {
    return all.signum() == 0
        ? null
        : index(late, all, null).setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal total(List<Segment> segments, Function<Segment, BigDecimal> amount) {
    return segments.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
