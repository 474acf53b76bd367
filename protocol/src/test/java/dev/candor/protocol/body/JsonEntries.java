package dev.candor.protocol.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON text as Jackson reads it, keys that occur twice kept twice. */
sealed interface JsonEntries {
  JsonFactory FACTORY = new JsonFactory();

  record Fields(List<Field> list) implements JsonEntries {}

  record Field(String key, JsonEntries value) {}

  record Items(List<JsonEntries> list) implements JsonEntries {}

  record Text(String content) implements JsonEntries {}

  record Numeral(String digits) implements JsonEntries {}

  /** {@code true}, {@code false}, {@code null}. */
  record Literal(String word) implements JsonEntries {}

  /** Null where the bytes are not one JSON text in UTF-8. */
  static @Nullable JsonEntries parse(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
        JsonToken first = parser.nextToken();
        JsonEntries root = first == null ? null : value(parser, first);
        return parser.nextToken() == null ? root : null;
      }
    } catch (CharacterCodingException | JacksonException e) {
      return null;
    }
  }

  private static JsonEntries value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> {
        List<Field> fields = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          fields.add(new Field(key, value(parser, parser.nextToken())));
        }
        yield new Fields(fields);
      }
      case START_ARRAY -> {
        List<JsonEntries> items = new ArrayList<>();
        JsonToken next = parser.nextToken();
        while (next != JsonToken.END_ARRAY) {
          items.add(value(parser, next));
          next = parser.nextToken();
        }
        yield new Items(items);
      }
      case VALUE_STRING -> new Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
      default -> new Literal(parser.getString());
    };
  }

  default List<Field> fields() {
    return this instanceof Fields(List<Field> list) ? list : List.of();
  }

  default List<JsonEntries> items() {
    return this instanceof Items(List<JsonEntries> list) ? list : List.of();
  }

  /** The text of a string that is not empty, else null. */
  default @Nullable String text() {
    return this instanceof Text(String content) && !content.isEmpty() ? content : null;
  }

  /** A count; -1 where it is none. */
  default int count() {
    boolean whole = this instanceof Numeral(String digits) && digits.matches("\\d{1,10}");
    long value = whole ? Long.parseLong(((Numeral) this).digits()) : -1;
    return value <= Integer.MAX_VALUE ? (int) value : -1;
  }
}
