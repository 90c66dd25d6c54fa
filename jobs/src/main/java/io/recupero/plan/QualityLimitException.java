package io.recupero.plan;

import java.util.List;

/** The data broke a quality limit: nothing is published, and the last good release stays. */
public final class QualityLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** Takes every limit broken, with the table, the limit and what was found. */
  public QualityLimitException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns every limit broken. */
  public List<String> problems() {
    return problems;
  }
}
