package io.recupero.mart;

/**
 * An addable column of a mart.
 *
 * @param isAmount whether it is money (or money times days), and not a count
 */
public record Part(String name, boolean isAmount) {

  static Part amount(String name) {
    return new Part(name, true);
  }

  static Part count(String name) {
    return new Part(name, false);
  }
}
