package io.recupero.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * Escapes whatever could end a script or begin a comment or an entity in HTML, and the two line
 * ends that JSON allows and old scripts do not: JSON that stays JSON inside a page.
 */
final class SafeJson extends CharacterEscapes {

  private static final long serialVersionUID = 1L;
  private static final String ESCAPED = "<>&";

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
    ESCAPED.chars().forEach(character -> codes[character] = CharacterEscapes.ESCAPE_STANDARD);
    return codes;
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return character == '\u2028' || character == '\u2029'
        ? new SerializedString(String.format("\\u%04x", character))
        : null;
  }
}
