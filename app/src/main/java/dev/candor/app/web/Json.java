package dev.candor.app.web;

import dev.candor.app.web.http.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the dashboard's JSON is written and read. */
final class Json {
  private Json() {}

  static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, @Nullable Object> members(@Nullable Object... pairs) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      members.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return members;
  }

  /** A member that is a text; null where it is null, missing or blank. */
  static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw Refusal.badRequest("%s: must be a text".formatted(name));
    }
    return value.stringValue("").isBlank() ? null : value.stringValue("");
  }

  /** A member that must be there. */
  static String needed(JsonNode object, String name) {
    String text = text(object, name);
    if (text == null) {
      throw Refusal.badRequest("%s: must be a text, and is missing".formatted(name));
    }
    return text;
  }

  static List<String> texts(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.values().stream().anyMatch(each -> !each.isString())) {
      throw Refusal.badRequest("%s: must be a list of texts".formatted(name));
    }
    return StreamSupport.stream(value.spliterator(), false)
        .map(each -> each.stringValue(""))
        .toList();
  }
}
