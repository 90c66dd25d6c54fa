package io.recupero.contract;

/**
 * A text that users read, in both languages.
 *
 * @param es in Spanish
 * @param en in English
 */
public record Text(String es, String en) {

  /** Returns the text in {@code language}: Spanish for {@code es}, else English. */
  public String in(String language) {
    return "es".equals(language) ? es : en;
  }

  Text with(String placeholder, String value) {
    String mark = "{" + placeholder + "}";
    return new Text(es.replace(mark, value), en.replace(mark, value));
  }
}
