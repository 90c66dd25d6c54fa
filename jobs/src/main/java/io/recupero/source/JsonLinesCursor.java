package io.recupero.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.recupero.contract.Oversized;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/** The records of a file with one JSON object on each line. */
final class JsonLinesCursor extends JsonCursor {

  private final ByteWindow window;
  private final FieldText text;
  private int end;
  private int advance;
  private long offset;
  private UTF8String beginning;

  JsonLinesCursor(ByteWindow window, Dialect dialect, List<String> columns) {
    super(columns);
    this.window = window;
    this.text = new FieldText(dialect);
  }

  @Override
  public boolean next() throws IOException {
    window.advance(advance);
    while (window.has(0) && window.at(0) >= 0 && window.at(0) <= ' ') {
      window.advance(1);
    }
    advance = 0;
    if (!window.has(0)) {
      return false;
    }
    offset = window.offset();
    beginning = null;
    end = window.lineEnd(0, Oversized.LONGEST_RECORD);
    if (end == Oversized.LONGEST_RECORD) {
      beginning = beginning();
      window.skipLine();
      end = 0;
      overlong();
    } else {
      current(parse(text.text(window.array(), window.origin(), window.origin() + end).toString()));
    }
    advance = end + window.lineEndLength(end);
    return true;
  }

  private static Map<String, String> parse(String line) throws IOException {
    try (JsonParser parser = JsonValues.parser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<String, String> values = JsonValues.object(parser);
      return parser.nextToken() == null ? values : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public UTF8String line() {
    return beginning != null ? beginning : beginning();
  }

  private UTF8String beginning() {
    return text.text(
        window.array(), window.origin(), window.origin() + Math.min(end, Oversized.SHOWN));
  }

  @Override
  public boolean encodingHolds() {
    return text.holds(window.array(), window.origin(), window.origin() + end);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
