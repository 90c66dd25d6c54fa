package io.recupero.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects every problem of the contracts, so that all can be mended at once. */
final class Problems {

  private final List<String> found = new ArrayList<>();

  /** Notes a problem: {@code message} says what is wrong and how to mend it. */
  void add(String file, YamlNode where, String message) {
    add(file, where.line(), message);
  }

  void add(String file, int line, String message) {
    found.add("schemas/contracts/" + file + ":" + line + ": " + message);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidContractsException(found);
    }
  }
}
