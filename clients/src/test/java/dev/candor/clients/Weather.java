package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tool, as the clients describe it, and what a call of it must look like. */
final class Weather {
  static final String NAME = "weather";
  static final String RESULT = "{\"sky\": \"blue\"}";

  static final Map<String, Object> PROPERTIES =
      Map.of(
          "city",
          Map.of("type", "string"),
          "days",
          Map.of("type", "integer", "minimum", 1, "maximum", 7));
  static final List<String> REQUIRED = List.of("city", "days");
  static final Map<String, Object> SCHEMA =
      Map.of("type", "object", "properties", PROPERTIES, "required", REQUIRED);

  private Weather() {}

  /** Holds a call's arguments, JSON text, to the schema. */
  static void check(String name, String arguments) {
    assertThat(name).isEqualTo(NAME);
    JsonNode read = new JsonMapper().readTree(arguments);
    assertThat(read.propertyNames()).containsExactlyInAnyOrderElementsOf(REQUIRED);
    assertThat(read.get("city").isString()).isTrue();
    assertThat(read.get("days").isInt()).isTrue();
    assertThat(read.get("days").intValue()).isBetween(1, 7);
  }
}
