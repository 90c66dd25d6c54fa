package io.recupero.source;

import java.util.List;
import java.util.stream.Collectors;

/** Input that cannot be taken or read at all; says everything that was found wrong at once. */
public final class SourceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  SourceException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  SourceException(String file, String what) {
    this(List.of(new Problem(file, 0, what)));
  }

  /** Returns what is wrong, one entry for each thing to mend. */
  public List<Problem> problems() {
    return problems;
  }
}
