package io.recupero.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.summary.IndexChange.Part;
import io.recupero.summary.IndexChange.Segment;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexChangeTest {

  @Test
  void eachMovementIsWorthWhatTheIndexMovesByIt() {
    // 20 of 100 overdue: 20 %. Billed 100: 20 of 200, 10 %: -10. 40 fell overdue: 60 of 200, 30 %:
    // +20. Paid 40, of which 10 overdue: 50 of 160, 31.25 %: +1.25. Written off 10, all overdue: 40
    // of 150, 26.666...: -4.583...
    Segment only =
        new Segment(
            amount(20),
            amount(100),
            amount(40),
            amount(150),
            amount(0),
            Map.of(Part.RECOVERIES, amount(40), Part.WRITE_OFFS, amount(10)),
            Map.of(Part.RECOVERIES, amount(10), Part.WRITE_OFFS, amount(10)));
    Map<Part, BigDecimal> parts = IndexChange.of(List.of(only));
    assertThat(parts.get(Part.NEW_BILLING)).isEqualByComparingTo("-10");
    assertThat(parts.get(Part.AGEING)).isEqualByComparingTo("20");
    assertThat(parts.get(Part.RECOVERIES)).isEqualByComparingTo("1.25");
    assertThat(parts.get(Part.CREDITS)).isZero();
    assertThat(parts.get(Part.WRITE_OFFS)).isEqualByComparingTo("-4.583333333333");
    assertThat(parts.get(Part.AGREEMENTS)).isZero();
    assertThat(parts.get(Part.MIX).abs()).isLessThanOrEqualTo(new BigDecimal("0.000000000002"));
  }

  @Test
  void anAgreementLowersTheIndexWithoutAnyCash() {
    // 50 of 100 overdue; the 50 become instalments that are not due: 0 of 100.
    Segment only =
        new Segment(
            amount(50),
            amount(100),
            amount(0),
            amount(100),
            amount(50),
            Map.of(Part.AGREEMENTS, amount(50)),
            Map.of(Part.AGREEMENTS, amount(50)));
    Map<Part, BigDecimal> parts = IndexChange.of(List.of(only));
    assertThat(parts.get(Part.AGREEMENTS)).isEqualByComparingTo("-50");
    assertThat(parts.get(Part.NEW_BILLING)).isZero();
    assertThat(parts.get(Part.RECOVERIES)).isZero();
  }

  @Test
  void aSegmentThatGrowsWithoutChangingMovesTheIndexByTheMix() {
    // Segment a: nothing overdue, 100 then 300. Segment b: all overdue, 100 then 100. The index
    // falls from 50 to 25 % though neither segment's own index moved.
    Segment a =
        new Segment(amount(0), amount(100), amount(0), amount(300), amount(0), Map.of(), Map.of());
    Segment b =
        new Segment(
            amount(100), amount(100), amount(100), amount(100), amount(0), Map.of(), Map.of());
    Map<Part, BigDecimal> parts = IndexChange.of(List.of(a, b));
    assertThat(parts.get(Part.MIX)).isEqualByComparingTo("-25");
    assertThat(parts.get(Part.NEW_BILLING)).isZero();
  }

  @Test
  void nothingOpenAtOneOfTheClosesHasNoParts() {
    Segment fresh =
        new Segment(amount(0), amount(0), amount(0), amount(10), amount(0), Map.of(), Map.of());
    assertThat(IndexChange.of(List.of(fresh))).isEmpty();
    assertThat(IndexChange.before(List.of(fresh))).isNull();
  }

  @Test
  void thePartsAddUpToTheChangeExactly() {
    Random random = new Random(7);
    for (int run = 0; run < 500; run++) {
      List<Segment> segments =
          IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> segment(random)).toList();
      Map<Part, BigDecimal> parts = IndexChange.of(segments);
      if (!parts.isEmpty()) {
        assertThat(parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .isEqualByComparingTo(
                IndexChange.after(segments).subtract(IndexChange.before(segments)));
      }
    }
  }

  private static Segment segment(Random random) {
    long openBefore = random.nextInt(4) == 0 ? 0 : random.nextInt(1000);
    long overdueBefore = openBefore == 0 ? 0 : random.nextLong(openBefore + 1);
    long billed = random.nextInt(1000);
    long paidOverdue = random.nextLong(overdueBefore + 1);
    long paidOther = random.nextLong(openBefore - overdueBefore + billed + 1);
    long open = openBefore + billed - paidOverdue - paidOther;
    long overdue = open == 0 ? 0 : random.nextLong(open + 1);
    return new Segment(
        amount(overdueBefore),
        amount(openBefore),
        amount(overdue),
        amount(open),
        amount(0),
        Map.of(Part.RECOVERIES, amount(paidOverdue + paidOther)),
        Map.of(Part.RECOVERIES, amount(paidOverdue)));
  }

  private static BigDecimal amount(long value) {
    return BigDecimal.valueOf(value);
  }
}
