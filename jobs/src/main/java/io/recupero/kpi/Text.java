package io.recupero.kpi;

import java.util.Locale;

/** A text in the two languages users read. */
public record Text(String es, String en) {

  /** Returns the text in Spanish for {@code es}, in English for any other language. */
  public String in(Locale language) {
    return language.getLanguage().equals("es") ? es : en;
  }
}
