package io.recupero.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.recupero.contract.Oversized;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The records of a JSON array, or of objects that each take several lines. Such a file cannot be
 * cut, and where its JSON breaks the rest cannot be told apart: that rest is one malformed record.
 */
final class JsonStreamCursor extends JsonCursor {

  private final JsonParser parser;
  private boolean broken;
  private String complaint;

  /** Reads strictly: bytes that are no text in the encoding are an error. */
  JsonStreamCursor(InputStream in, Dialect dialect, List<String> columns) throws IOException {
    super(columns);
    this.parser = JsonValues.parser(new InputStreamReader(in, dialect.charset().newDecoder()));
  }

  @Override
  public boolean next() throws IOException {
    if (broken) {
      return false;
    }
    try {
      return step();
    } catch (JsonProcessingException e) {
      broken = true;
      String name = parser.currentName();
      complaint =
          (name == null ? "" : name + ": ")
              + e.getOriginalMessage()
              + " at line "
              + e.getLocation().getLineNr();
      current(null);
      return true;
    }
  }

  private boolean step() throws IOException {
    JsonToken token = parser.nextToken();
    while (token == JsonToken.START_ARRAY && parser.getParsingContext().getParent().inRoot()
        || token == JsonToken.END_ARRAY && parser.getParsingContext().inRoot()) {
      token = parser.nextToken();
    }
    if (token == null) {
      return false;
    }
    Map<String, String> values = null;
    if (token == JsonToken.START_OBJECT) {
      values = JsonValues.object(parser);
    } else {
      complaint = "not an object, at line " + parser.currentLocation().getLineNr();
      parser.skipChildren();
    }
    current(values);
    return true;
  }

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public UTF8String line() {
    String said = current() == null ? complaint : JsonValues.write(current());
    return UTF8String.fromString(said.substring(0, Math.min(said.length(), Oversized.SHOWN)));
  }

  @Override
  public boolean encodingHolds() {
    return true;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
