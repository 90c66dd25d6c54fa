package io.recupero.watch;

import java.util.Map;
import java.util.stream.Collectors;

/** What part of the data a finding is about, as one text: {@code segment=sme, currency=CLP}. */
final class Slice {

  private Slice() {}

  /** Returns the text; empty for everything. A missing attribute is an empty value. */
  static String of(Map<String, String> dimensions) {
    return dimensions.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + (entry.getValue() == null ? "" : entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Returns the text for a sentence: with parentheses, or nothing for everything. */
  static String inSentence(String slice) {
    return slice.isEmpty() ? "" : " (" + slice + ")";
  }
}
