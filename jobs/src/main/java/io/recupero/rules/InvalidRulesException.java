package io.recupero.rules;

import java.util.List;

/** Rules or cards that cannot be used, with every problem found. */
public final class InvalidRulesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Takes the file and its problems. */
  public InvalidRulesException(String file, List<String> problems) {
    super("Cannot use " + file + ":\n" + String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, each as where, what, and how to mend it. */
  public List<String> problems() {
    return problems;
  }
}
