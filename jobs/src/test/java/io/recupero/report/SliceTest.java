package io.recupero.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SliceTest {

  @Test
  void aNameIsATextInSqlWhateverIsInIt() {
    Slice slice = new Slice("x' OR 1 = 1 --", "a\\", null);

    assertThat(slice.where(Slice.PORTFOLIO, Slice.SEGMENT, Slice.CURRENCY))
        .isEqualTo("portfolio_id = 'x\\' OR 1 = 1 --' AND segment = 'a\\\\'");
  }

  @Test
  void onlyWhatATableHasIsAskedOfIt() {
    Slice slice = new Slice("P1", "sme", "CLP");

    assertThat(slice.where(Slice.PORTFOLIO, Slice.CURRENCY))
        .isEqualTo("portfolio_id = 'P1' AND currency = 'CLP'");
    assertThat(new Slice(null, null, null).where(Slice.SEGMENT)).isNull();
    assertThat(new Slice(null, null, null).filter(Slice.SEGMENT)).isEqualTo("TRUE");
  }
}
