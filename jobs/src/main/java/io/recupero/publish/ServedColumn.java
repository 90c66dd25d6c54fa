package io.recupero.publish;

import io.recupero.contract.Text;

/**
 * A column that charts can read.
 *
 * @param name as queries call it, the same in both languages
 * @param type its SQL type
 * @param title its heading
 * @param about what it says
 * @param role what it is for
 */
public record ServedColumn(String name, String type, Text title, Text about, Role role) {

  /** What a column is for. */
  public enum Role {
    /** The date that figures are of, as text: what the as-of filter chooses. */
    AS_OF,
    /** A date to draw along. */
    DATE,
    /** Something to group and filter by. */
    DIMENSION,
    /** A code or number that formulas read; readers see its words in another column. */
    HIDDEN,
    /** Money in the row's currency; may be added up within one currency. */
    AMOUNT,
    /** A number of things; may be added up. */
    COUNT,
    /** A figure that may not be added up. */
    VALUE
  }
}
