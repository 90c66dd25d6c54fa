package io.recupero.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Cash of the weeks to come")
class ForetoldTest {

  private static final int DUE = Panel.place(0);

  @DisplayName("is what the past paid at each step, of what is left after the steps before")
  @Test
  void openTurnsIntoCashStepByStep() {
    List<Panel.Week> past = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Panel.Week week = new Panel.Week(LocalDate.of(2024, 1, 7).plusWeeks(i));
      week.open[1][DUE] = 100;
      week.cash[1][DUE] = 50;
      week.open[1][DUE + 1] = 40;
      week.cash[1][DUE + 1] = 10;
      week.gone[1][DUE + 1] = 4;
      week.entered[1][DUE] = 20;
      week.newCash = 5;
      past.add(week);
    }
    double[][] open = new double[Panel.BANDS][Panel.STEPS];
    open[1][DUE] = 1000;
    Foretold whole = Foretold.of(open, PayRates.of(past), 3, 1);
    // 1000 x 50 %, then a quarter of the 500 left; a tenth is gone, and nothing is known after
    // that.
    assertThat(whole.ofOpen()).containsExactly(new double[] {500, 125, 0}, within(1e-9));
    // 5 at once each week; the 20 of a week pay half in the next, a quarter of the rest after that.
    assertThat(whole.ofNew()).containsExactly(new double[] {5, 15, 17.5}, within(1e-9));
    Foretold part = Foretold.of(open, PayRates.of(past), 1, 0.4);
    assertThat(part.ofOpen()[0]).isCloseTo(200, within(1e-9));
    assertThat(PayRates.of(past).paidWithin(1, DUE, 7)).isCloseTo(0.5, within(1e-9));
    assertThat(PayRates.of(past).paidWithin(1, DUE, 14)).isCloseTo(0.625, within(1e-9));
  }

  @DisplayName("is said with how far it was off, and inside its interval by the errors before it")
  @Test
  void errorsAreAddedUp() {
    LocalDate sunday = LocalDate.of(2024, 1, 7);
    Missed missed =
        Missed.of(
            List.of(
                new BackTest.Week(sunday, 1, 100, 80, 120, 90, 110),
                new BackTest.Week(sunday.plusWeeks(1), 1, 100, 80, 120, 90, 70),
                new BackTest.Week(sunday.plusWeeks(2), 1, 100, Double.NaN, Double.NaN, 90, 120)));
    assertThat(missed.mae()).isCloseTo(20, within(1e-9));
    assertThat(missed.wape()).isCloseTo(20, within(1e-9));
    assertThat(missed.naiveMae()).isCloseTo(70.0 / 3, within(1e-9));
    assertThat(missed.inside()).isCloseTo(50, within(1e-9));
    assertThat(Missed.of(List.of()).wape()).isNaN();
  }
}
