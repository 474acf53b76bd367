package dev.candor.protocol.body;

import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What an error object says of itself, in the spellings that servers use. <b>For one thread.</b>
 */
final class ErrorFields {
  private static final JsonKey CODE = JsonKey.of("code");
  private static final JsonKey TYPE = JsonKey.of("type");
  private static final JsonKey MESSAGE = JsonKey.of("message");

  private @Nullable String code;
  private @Nullable String type;
  private @Nullable String message;
  private boolean present;

  void clear() {
    code = null;
    type = null;
    message = null;
    present = false;
  }

  /** Whether an error was read; null, false and the like are none. */
  boolean present() {
    return present;
  }

  /** {@code code} as text; {@code type} where there is none. */
  @Nullable String code() {
    return code != null ? code : type;
  }

  @Nullable String message() {
    return message;
  }

  /** An error of which there is a message alone. */
  void message(String text) {
    clear();
    message = text;
    present = true;
  }

  /** Reads the value of an {@code error} key: an object or a bare message. */
  void read(JsonCursor json) throws JsonSyntaxException {
    clear();
    int next = json.peek();
    if (next == '"') {
      json.string();
      message = json.text();
      present = true;
      return;
    }
    present = next == '{';
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (!readField(json)) {
        json.skip();
      }
    }
  }

  /** Reads the value of the current key if it is an error's; else touches nothing. */
  boolean readField(JsonCursor json) throws JsonSyntaxException {
    if (json.keyIs(CODE)) {
      code = json.stringOrNumber() && !json.isEmpty() ? json.text() : null;
    } else if (json.keyIs(TYPE)) {
      type = json.string() && !json.isEmpty() ? json.text() : null;
    } else if (json.keyIs(MESSAGE)) {
      message = json.string() && !json.isEmpty() ? json.text() : null;
    } else {
      return false;
    }
    return true;
  }
}
