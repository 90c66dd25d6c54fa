package io.recupero.plan;

import java.util.List;

/** The jobs do not fit together, or one of them cannot be built. */
public final class InvalidPlanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  InvalidPlanException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns every problem found. */
  public List<String> problems() {
    return problems;
  }

  static void throwIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidPlanException(problems);
    }
  }
}
