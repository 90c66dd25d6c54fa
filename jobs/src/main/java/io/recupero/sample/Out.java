package io.recupero.sample;

/** Where the rows of a story go. */
interface Out {

  /** Whether rows of a table are of any use: a story need not make those that are not. */
  boolean wants(Table table);

  /**
   * Takes a row: a value for each column in order. Money is a BigDecimal, a time a LocalDate or an
   * OffsetDateTime; anything may be a String, which faulty rows use for values of no type.
   */
  void row(Table table, Object... values);

  /** Notes that a story of this kind was told. */
  default void count(Enum<?> kind) {}
}
