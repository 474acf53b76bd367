package dev.candor.scenario.yaml;

import dev.candor.scenario.GenericApi;
import dev.candor.scenario.GenericApi.End;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A generic dialect as entries that {@link GenericReader} reads back, but for its headers. */
final class GenericYaml {
  private GenericYaml() {}

  static Map<String, Object> entries(GenericApi api) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("method", api.method());
    if (!api.path().isEmpty()) {
      section.put("path", api.path());
    }
    if (!api.headers().isEmpty()) {
      section.put("headers", ResolvedYaml.hidden(api.headers()));
    }
    put(section, "body", api.body());
    section.put("frames", api.frames().key());
    put(section, "text", api.text());
    put(section, "reasoning", api.reasoning());
    put(section, "input_tokens", api.inputTokens());
    put(section, "cached_tokens", api.cachedTokens());
    put(section, "output_tokens", api.outputTokens());
    put(section, "error", api.error());
    switch (api.end()) {
      case null -> {}
      case End.Frame(String text) -> section.put("end", Map.of("frame", text));
      case End.Event(String name) -> section.put("end", Map.of("event", name));
      case End.Field(String pointer, String value) -> {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("field", pointer);
        put(end, "value", value);
        section.put("end", end);
      }
    }
    return section;
  }

  private static void put(Map<String, Object> section, String key, @Nullable String value) {
    if (value != null) {
      section.put(key, value);
    }
  }
}
