package dev.candor.protocol.serve;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks over a request body once. A caller takes what it knows, and what it leaves is passed over;
 * null counts as absent; a value of another type than the one asked for is the client's error, and
 * named by its path. <b>For one thread.</b>
 */
final class RequestBody {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int EXCERPT = 40;

  private final JsonParser parser;

  private RequestBody(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads the object that {@code bytes} hold.
   *
   * @param field takes the value of the field it is told of
   * @throws InvalidRequestException where they hold something else, or {@code field} says so
   */
  static void read(byte[] bytes, FieldReader field) {
    // Over an array, the parser may run past the end of text that is cut within a character.
    ByteArrayInputStream input = new ByteArrayInputStream(bytes);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), input)) {
      RequestBody body = new RequestBody(parser);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidRequestException(null, "the body is not a JSON object", null);
      }
      body.object(name -> field.read(body, name));
      if (parser.nextToken() != null) {
        throw new InvalidRequestException(null, "the body goes on after its JSON object", null);
      }
    } catch (JacksonException e) {
      throw new InvalidRequestException(null, "the body is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Takes, or leaves, the value of one field. */
  interface FieldReader {
    void read(RequestBody body, String name);
  }

  boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean isWholeNumber() {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
  }

  private boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Tells of each field of the object at hand. */
  void object(Consumer<String> field) {
    if (isNull()) {
      return;
    }
    if (!isObject()) {
      throw wrong("an object");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field.accept(name);
      // Nothing where the value is a scalar, or read to its end.
      parser.skipChildren();
    }
  }

  /** Tells of each element of the array at hand. */
  void array(Runnable element) {
    if (isNull()) {
      return;
    }
    if (!isArray()) {
      throw wrong("an array");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.run();
      parser.skipChildren();
    }
  }

  /** The string at hand, empty where it is null. */
  String text() {
    if (isNull()) {
      return "";
    }
    if (!isText()) {
      throw wrong("a string");
    }
    return parser.getString();
  }

  boolean flag() {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw wrong("true or false");
    };
  }

  /** The whole number at hand, {@code absent} where it is null. */
  int number(int from, int to, int absent, String unit) {
    if (isNull()) {
      return absent;
    }
    double number = isWholeNumber() ? parser.getDoubleValue() : Double.NaN;
    if (number >= from && number <= to) {
      return (int) number;
    }
    throw wrong("a whole number%s from %s to %s".formatted(unit, from, to));
  }

  /** The value at hand, as compact JSON. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      int depth = 0;
      do {
        JsonToken token = parser.currentToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token.isNumeric()) {
          // As it was written: no type of Java's holds every exponent.
          generator.writeNumber(parser.getString());
        } else {
          generator.copyCurrentEvent(parser);
        }
      } while (depth > 0 && parser.nextToken() != null);
    }
    return text.toString();
  }

  /** The error of the value at hand, which is not {@code right}. */
  InvalidRequestException wrong(String right) {
    String field = path();
    return new InvalidRequestException(
        field, "'%s': found %s, must be %s".formatted(field, found(), right));
  }

  /** The error of the object at hand, which lacks {@code field}. */
  InvalidRequestException missing(String field) {
    String path = path();
    String missing = path.isEmpty() ? field : path + "." + field;
    return new InvalidRequestException(missing, "'" + missing + "' is missing");
  }

  /** Where the value at hand stands: {@code messages[0].content}. */
  String path() {
    TokenStreamContext context = parser.streamReadContext();
    boolean opening = isObject() || isArray();
    StringBuilder path = new StringBuilder();
    appendPath(opening ? context.getParent() : context, path);
    return path.toString();
  }

  private static void appendPath(@Nullable TokenStreamContext context, StringBuilder path) {
    if (context == null || context.inRoot()) {
      return;
    }
    appendPath(context.getParent(), path);
    if (context.inArray()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(excerpt(context.currentName()));
    }
  }

  private String found() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> JsonStrings.quoted(excerpt(parser.getString()));
      default -> excerpt(parser.getString());
    };
  }

  private static String excerpt(String text) {
    return text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
  }
}
