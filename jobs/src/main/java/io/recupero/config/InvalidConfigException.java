package io.recupero.config;

import java.util.List;

/** The configuration, or an option of the command, is wrong. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** Takes every problem found, each with where it is, what, why and its remedy. */
  public InvalidConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Takes the one problem found. */
  public InvalidConfigException(String problem) {
    this(List.of(problem));
  }

  /** Returns every problem. */
  public List<String> problems() {
    return problems;
  }
}
