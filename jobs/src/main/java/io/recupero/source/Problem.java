package io.recupero.source;

/**
 * Something that the people who sent a file or wrote a mapping have to mend.
 *
 * @param file where
 * @param line where in it, counted from 1; 0 when it has no line
 * @param what what is wrong, why, and what to do
 */
public record Problem(String file, int line, String what) {

  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + what;
  }
}
