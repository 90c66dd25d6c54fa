package io.recupero.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTableTest {

  @Test
  void decimalsKeepTheirDigitsAndNullsStayNull() {
    String json =
        JsonTable.of(
            List.of("segment", "value", "items"),
            List.of(
                Arrays.asList("ñandú \"A\"", new BigDecimal("38.403512345678901234"), 3L),
                Arrays.asList(null, new BigDecimal("1E+7"), null)));
    assertThat(json)
        .isEqualTo(
            "{\"columns\":[\"segment\",\"value\",\"items\"],\"dates\":[],\"rows\":"
                + "[[\"ñandú \\\"A\\\"\",38.403512345678901234,3],[null,10000000,null]]}");
  }

  @Test
  void columnsOfDatesAreNamedSinceTheirTextIsNoDate() {
    String json =
        JsonTable.of(
            List.of("as_of", "note"),
            List.of(
                Arrays.asList(null, "2026-03-31"),
                Arrays.asList(LocalDate.of(2026, 3, 31), "text")));
    assertThat(json)
        .isEqualTo(
            "{\"columns\":[\"as_of\",\"note\"],\"dates\":[\"as_of\"],\"rows\":"
                + "[[null,\"2026-03-31\"],[\"2026-03-31\",\"text\"]]}");
  }
}
