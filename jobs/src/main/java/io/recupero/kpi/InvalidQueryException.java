package io.recupero.kpi;

import java.util.List;

/** A question that has no answer as it was asked; says everything that is wrong with it at once. */
public final class InvalidQueryException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidQueryException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
