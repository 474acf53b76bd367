package dev.candor.corpus.read;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Fields of JSON objects that go by several names in the wild. */
final class Fields {
  private static final int MOST_TOKENS = 100_000_000;

  private Fields() {}

  /** The first of {@code names} that {@code object} has, other than null; else a missing node. */
  static JsonNode first(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return MissingNode.getInstance();
  }

  /** As {@link #first}; a text that is JSON itself is read. */
  static JsonNode firstParsed(JsonNode object, String... names) {
    return parsed(first(object, names));
  }

  static JsonNode parsed(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue().strip();
      if (text.startsWith("{") || text.startsWith("[")) {
        return JsonText.parseOr(text, value);
      }
    }
    return value;
  }

  /** A text or a number; null where there is none or it is empty. */
  static @Nullable String text(JsonNode object, String... names) {
    JsonNode value = first(object, names);
    String text = value.isString() ? value.stringValue() : value.isNumber() ? value.asString() : "";
    return text.isEmpty() ? null : text;
  }

  /**
   * A number of tokens; {@link SourceRequest#UNKNOWN} where there is none.
   *
   * @throws BadRecord where it is none that a request can have
   */
  static int tokens(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isNumber()) {
        return tokens(name, value.doubleValue());
      }
      if (value.isString()) {
        return tokens(name, value.stringValue());
      }
    }
    return SourceRequest.UNKNOWN;
  }

  static int tokens(String name, String text) {
    try {
      return tokens(name, Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      throw new BadRecord(
          Reason.BAD_LENGTH,
          "found something else than a number in %s, must be one".formatted(name));
    }
  }

  private static int tokens(String name, double value) {
    if (!(value >= 0 && value <= MOST_TOKENS) || value != Math.rint(value)) {
      throw new BadRecord(
          Reason.BAD_LENGTH,
          "found %s = %s tokens, must be a whole number from 0 to %d"
              .formatted(
                  name,
                  value == Math.rint(value) && Math.abs(value) < 1e15
                      ? Long.toString((long) value)
                      : Double.toString(value),
                  MOST_TOKENS));
    }
    return (int) value;
  }

  static BadRecord missing(String what) {
    return new BadRecord(Reason.BAD_FIELDS, "found no %s, must have it".formatted(what));
  }
}
