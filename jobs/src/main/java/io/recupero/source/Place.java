package io.recupero.source;

/** A line of a file, counted from 1. */
record Place(String file, int line) {

  Problem problem(String what) {
    return new Problem(file, line, what);
  }
}
