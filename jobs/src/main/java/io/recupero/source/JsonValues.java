package io.recupero.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads JSON objects as texts by name: numbers as they are written, without exponents; what is
 * nested as JSON.
 */
final class JsonValues {

  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private JsonValues() {}

  static JsonParser parser(java.io.Reader reader) throws IOException {
    JsonParser parser = FACTORY.createParser(reader);
    parser.setCodec(MAPPER);
    return parser;
  }

  static JsonParser parser(String text) throws IOException {
    return parser(new java.io.StringReader(text));
  }

  /**
   * Reads the object whose first brace the parser stands on; the parser is left on its last brace.
   */
  static Map<String, String> object(JsonParser parser) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      values.put(name, token == JsonToken.VALUE_NULL ? null : text(parser, token));
    }
    return values;
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      String number = parser.getText();
      String plain =
          number.indexOf('E') < 0 && number.indexOf('e') < 0 ? null : NumberText.expanded(number);
      return plain == null ? number : plain;
    }
    return token.isScalarValue() ? parser.getText() : parser.readValueAsTree().toString();
  }
}
