package dev.candor.protocol.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.candor.base.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Arguments are what an independent validator accepts. */
final class ToolArgumentsTest {
  private static String from(String schema, long seed) {
    return ToolArguments.from(schema, new Seed(seed).stream());
  }

  private static String withProperty(String schema) {
    return "{\"type\":\"object\",\"properties\":{\"x\":%s},\"required\":[\"x\"]}".formatted(schema);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"string\"}",
        "{\"type\":\"string\",\"minLength\":30,\"maxLength\":31}",
        "{\"type\":\"string\",\"maxLength\":2}",
        "{\"type\":\"string\",\"format\":\"date\"}",
        "{\"type\":\"string\",\"format\":\"date-time\"}",
        "{\"type\":\"string\",\"format\":\"time\"}",
        "{\"type\":\"string\",\"format\":\"uuid\"}",
        "{\"type\":\"string\",\"format\":\"email\"}",
        "{\"type\":\"string\",\"format\":\"uri\"}",
        "{\"type\":[\"string\",\"null\"]}",
        "{\"type\":\"integer\"}",
        "{\"type\":\"integer\",\"minimum\":5,\"maximum\":5}",
        "{\"type\":\"integer\",\"minimum\":-3,\"maximum\":2}",
        "{\"type\":\"integer\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":2}",
        "{\"type\":\"integer\",\"maximum\":-7}",
        "{\"type\":\"integer\",\"exclusiveMaximum\":0}",
        "{\"type\":\"integer\",\"minimum\":1,\"multipleOf\":7}",
        "{\"type\":\"integer\",\"minimum\":1000000000}",
        "{\"type\":\"number\"}",
        "{\"type\":\"number\",\"minimum\":0.001,\"maximum\":0.002}",
        "{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":1}",
        "{\"type\":\"number\",\"exclusiveMinimum\":1,\"multipleOf\":0.5}",
        "{\"type\":\"number\",\"maximum\":-1}",
        "{\"type\":\"boolean\"}",
        "{\"type\":\"null\"}",
        "{\"enum\":[\"a\",7,null]}",
        "{\"const\":{\"a\":[1]}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
        "{\"type\":\"array\",\"items\":{\"enum\":[1,2,3]},\"minItems\":3,\"uniqueItems\":true}",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":4,\"maxItems\":4}",
        "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"integer\"}],\"items\":false}",
        "{\"type\":\"array\",\"maxItems\":0}",
        "{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}",
        "{\"oneOf\":[{\"type\":\"boolean\"},{\"type\":\"string\"}]}",
        "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]},"
            + "{\"properties\":{\"b\":{\"type\":\"boolean\"}},\"required\":[\"b\"]}]}",
        "{\"properties\":{\"a\":{\"properties\":{\"b\":{\"type\":\"number\"}}}},"
            + "\"required\":[\"a\",\"unheard\"],\"type\":\"object\"}",
        "{}",
        "true"
      })
  void from_commonSchemas_isValid(String property) {
    String text = withProperty(property);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text, InputFormat.JSON);
    for (long seed = 0; seed < 50; seed++) {
      String arguments = from(text, seed);
      assertThat(
              schema.validate(
                  arguments,
                  InputFormat.JSON,
                  context -> context.executionConfig(c -> c.formatAssertionsEnabled(true))))
          .as("seed %d: %s", seed, arguments)
          .isEmpty();
      assertThat(JsonMapper.shared().readTree(arguments).has("x")).isTrue();
    }
  }

  @Test
  void from_optionalProperties_areFilledToo() {
    JsonNode made =
        JsonMapper.shared()
            .readTree(
                from(
                    """
                    {"type":"object","properties":{"city":{"type":"string"},
                     "units":{"$ref":"#/$defs/units"}},"required":["city"],
                     "$defs":{"units":{"enum":["kelvin"]}}}
                    """,
                    1));
    assertThat(made.propertyNames()).containsExactly("city", "units");
    assertThat(made.path("units").stringValue()).isEqualTo("kelvin");
  }

  @Test
  void from_theSameSeed_isTheSame() {
    String schema =
        withProperty("{\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":5}");
    assertThat(from(schema, 1)).isEqualTo(from(schema, 1)).isNotEqualTo(from(schema, 2));
  }

  @Test
  void from_aTree_endsWhereItMay() {
    String tree =
        """
        {"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}},
         "value":{"type":"integer"}},"required":["children"]}
        """;
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(tree, InputFormat.JSON);
    assertThat(schema.validate(from(tree, 1), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "7",
        "{\"type\":\"string\"}",
        "{\"$ref\":\"#\"}",
        "{\"$ref\":\"#/nowhere\"}",
        "{\"$ref\":\"https://example.com\"}",
        "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}",
        "{\"type\":{}}",
        "{\"enum\":[1e9999999999]}"
      })
  void from_nonsense_isEmpty(String schema) {
    assertThat(from(schema, 1)).isEqualTo("{}");
  }

  @Test
  void from_schemasWithoutEnd_staySmall() {
    String endless =
        "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"},"
            + "\"c\":{\"$ref\":\"#\"},\"d\":{\"$ref\":\"#\"}},\"required\":[\"a\",\"b\"]}";
    String wide =
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"minItems\":1000000000,"
            + "\"items\":{\"type\":\"array\",\"minItems\":1000000000}},"
            + "\"b\":{\"type\":\"string\",\"minLength\":1e300},"
            + "\"c\":{\"type\":\"integer\",\"minimum\":1e300,\"multipleOf\":1e-300}}}";
    assertThat(from(endless, 1)).startsWith("{").hasSizeLessThan(100_000);
    assertThat(from(wide, 1)).startsWith("{").hasSizeLessThan(100_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void from_damagedSchemas_isAnObject(long seed) {
    byte[] schema =
        """
        {"type":"object","properties":{"a":{"$ref":"#/$defs/b"},"c":{"type":["integer","null"],
         "minimum":1,"exclusiveMaximum":9,"multipleOf":2},"d":{"allOf":[{"$ref":"#/$defs/b"},
         {"required":["e"]}]},"f":{"type":"array","items":{"enum":[1,"x"]},"minItems":2,
         "uniqueItems":true},"g":{"type":"string","minLength":3,"format":"date"}},
         "required":["a","z"],"$defs":{"b":{"oneOf":[{"properties":{"e":{"type":"number"}}}]}}}
        """
            .getBytes(UTF_8);
    RandomGenerator random = new Seed(seed).derive("damage").stream();
    for (int i = 0; i < 2_000; i++) {
      String damaged = new String(Damage.done(schema, random), UTF_8);
      assertThatCode(
              () ->
                  assertThat(JsonMapper.shared().readTree(from(damaged, seed)).isObject()).isTrue())
          .as("seed %d: %s", seed, damaged)
          .doesNotThrowAnyException();
    }
  }
}
