package io.recupero.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * The encoding that a text file shows: its byte order mark, the pattern of its zero bytes, or
 * neither.
 *
 * @param name a charset's name; null when the file does not show any
 * @param mark the bytes of the byte order mark in the stream that {@link #open} gives; those of
 *     wide encodings are not in it
 */
record Encoding(String name, int mark) {

  /** Byte order marks in Latin-1, the longer first: UTF-32 begins as UTF-16 does. */
  private static final Map<String, String> MARKS =
      new TreeMap<>(
          Map.of(
              "\u00ff\u00fe\0\0", "UTF-32LE",
              "\0\0\u00fe\u00ff", "UTF-32BE",
              "\u00ff\u00fe", "UTF-16LE",
              "\u00fe\u00ff", "UTF-16BE",
              "\u00ef\u00bb\u00bf", "UTF-8"));

  /**
   * Looks at the first bytes of a file. Text in UTF-16 without a mark shows in zeros at every other
   * byte: digits, separators and most letters have one.
   */
  static Encoding of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String found = null;
    int longest = 0;
    for (Map.Entry<String, String> mark : MARKS.entrySet()) {
      if (text.startsWith(mark.getKey()) && mark.getKey().length() > longest) {
        found = mark.getValue();
        longest = mark.getKey().length();
      }
    }
    if (found != null) {
      return new Encoding(found, isWide(found) ? 0 : longest);
    }
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    int pairs = head.length / 2;
    if (zeros[1] > pairs / 3 && zeros[0] <= pairs / 20) {
      return new Encoding(StandardCharsets.UTF_16LE.name(), 0);
    }
    return zeros[0] > pairs / 3 && zeros[1] <= pairs / 20
        ? new Encoding(StandardCharsets.UTF_16BE.name(), 0)
        : new Encoding(null, 0);
  }

  /** Returns whether a character takes several bytes even where it is ASCII. */
  static boolean isWide(String encoding) {
    String name = Charset.forName(encoding).name();
    return name.startsWith("UTF-16") || name.startsWith("UTF-32");
  }

  /**
   * Opens a file as text whose ASCII is one byte each: wide encodings as UTF-8.
   *
   * @throws IOException also while reading, where bytes are no text in a wide encoding: then a
   *     {@link java.nio.charset.CharacterCodingException}
   */
  static InputStream open(Path file, String encoding) throws IOException {
    InputStream in = Files.newInputStream(file);
    if (encoding == null || !isWide(encoding)) {
      return in;
    }
    // a decoder that is made like this reports what it cannot read
    PushbackReader text =
        new PushbackReader(new InputStreamReader(in, Charset.forName(encoding).newDecoder()));
    int first = text.read();
    if (first >= 0 && first != '\uFEFF') {
      text.unread(first);
    }
    return ReaderInputStream.builder().setReader(text).setCharset(StandardCharsets.UTF_8).get();
  }
}
