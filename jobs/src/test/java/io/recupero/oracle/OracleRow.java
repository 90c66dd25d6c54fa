package io.recupero.oracle;

import java.time.LocalDate;
import java.util.List;

/**
 * One figure as the oracle sees it, in the shape of {@code ./recupero kpi}.
 *
 * @param kpi the figure's id
 * @param asOf the date it is seen from
 * @param dimensions its cell, in the order the dimensions were asked for; an element is null where
 *     the attribute is missing
 * @param value in the unit of the figure's card; null where it has none
 * @param numerator null where it is not defined or an exchange rate is missing
 * @param denominator likewise
 * @param items things in the denominator; null where the figure counts none
 */
public record OracleRow(
    String kpi,
    LocalDate asOf,
    List<String> dimensions,
    Double value,
    Double numerator,
    Double denominator,
    Long items) {

  /** Whether it says nothing: a row like this and a missing row are the same. */
  public boolean blank() {
    return value == null && zero(numerator) && zero(denominator) && (items == null || items == 0);
  }

  private static boolean zero(Double number) {
    return number == null || number == 0;
  }
}
