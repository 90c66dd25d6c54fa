package io.recupero.contract;

import java.util.List;

/** Contracts that cannot be used, with every problem found and where. */
public final class InvalidContractsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidContractsException(List<String> problems) {
    super("Cannot use the contracts:\n" + String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, each as {@code file:line: what, and how to mend it}. */
  public List<String> problems() {
    return problems;
  }
}
