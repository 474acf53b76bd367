package dev.candor.protocol.serve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes up the arguments of a tool call from the JSON Schema of its parameters. */
public final class ToolArguments {
  /*
   * A schema may refer to itself, or fan out without end: beyond DEPTH only what it requires is
   * made, and beyond HARD_DEPTH or VALUES nothing but nulls. Patterns, conditions and negations are
   * not heeded.
   */
  private static final int DEPTH = 6;
  private static final int HARD_DEPTH = 32;
  private static final int VALUES = 2_000;
  private static final int MOST_ITEMS = 100;
  private static final int MOST_HOPS = 32;
  private static final int MOST_NESTING = 8;

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode root;
  private final RandomGenerator random;
  private final SchemaScalars scalars;
  private int values;

  private ToolArguments(JsonNode root, RandomGenerator random) {
    this.root = root;
    this.random = random;
    this.scalars = new SchemaScalars(random);
  }

  /**
   * Arguments that hold all properties, required or not; the same for the same numbers.
   *
   * @return compact JSON; {@code {}} for what is no schema of an object
   */
  public static String from(String parametersSchema, RandomGenerator random) {
    try {
      JsonNode root = JSON.readTree(parametersSchema);
      JsonNode made = new ToolArguments(root, random).value(root, 0);
      return made.isObject() ? made.toString() : "{}";
    } catch (JacksonException e) {
      return "{}";
    }
  }

  private JsonNode value(JsonNode unresolved, int depth) {
    if (depth > HARD_DEPTH || ++values > VALUES) {
      return NODES.nullNode();
    }
    JsonNode schema = resolve(unresolved, 0);
    if (schema.has("const")) {
      return schema.get("const");
    }
    JsonNode choices = schema.path("enum");
    if (choices.isArray() && !choices.isEmpty()) {
      return choices.get(random.nextInt(choices.size()));
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer" -> NODES.numberNode(scalars.integer(schema));
      case "number" -> NODES.numberNode(scalars.number(schema));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      default -> NODES.stringNode(scalars.string(schema));
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      type = type.path(0);
    }
    if (type.isString()) {
      return type.stringValue();
    }
    if (schema.has("properties")) {
      return "object";
    }
    return schema.has("items") || schema.has("prefixItems") ? "array" : "string";
  }

  /** The schema behind references and alternatives. */
  private JsonNode resolve(JsonNode unresolved, int nesting) {
    JsonNode schema = unresolved;
    for (int hop = 0; hop < MOST_HOPS && nesting < MOST_NESTING; hop++) {
      JsonNode reference = schema.path("$ref");
      if (reference.isString()) {
        schema = target(reference.stringValue());
      } else if (schema.path("anyOf").has(0)) {
        schema = schema.get("anyOf").get(0);
      } else if (schema.path("oneOf").has(0)) {
        schema = schema.get("oneOf").get(0);
      } else if (schema.path("allOf").has(0)) {
        schema = joined(schema, nesting);
      } else {
        return schema;
      }
    }
    return NODES.objectNode();
  }

  private JsonNode target(String reference) {
    if (reference.equals("#")) {
      return root;
    }
    return reference.startsWith("#/")
        ? root.at(JsonPointer.compile(reference.substring(1)))
        : NODES.missingNode();
  }

  /** One schema of several that hold at once. */
  private JsonNode joined(JsonNode schema, int nesting) {
    ObjectNode joined = NODES.objectNode();
    addTo(joined, schema);
    joined.remove("allOf");
    for (JsonNode part : schema.get("allOf")) {
      if (++values > VALUES) {
        break;
      }
      addTo(joined, resolve(part, nesting + 1));
    }
    return joined;
  }

  private static void addTo(ObjectNode joined, JsonNode part) {
    for (Map.Entry<String, JsonNode> field : part.properties()) {
      String keyword = field.getKey();
      JsonNode before = joined.path(keyword);
      JsonNode more = field.getValue();
      if (before instanceof ObjectNode fields && more instanceof ObjectNode others) {
        joined.set(keyword, NODES.objectNode().setAll(fields).setAll(others));
      } else if (before instanceof ArrayNode names
          && more instanceof ArrayNode others
          && keyword.equals("required")) {
        joined.set(keyword, NODES.arrayNode().addAll(names).addAll(others));
      } else {
        joined.set(keyword, more);
      }
    }
  }

  private JsonNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    JsonNode properties = schema.path("properties");
    if (depth < DEPTH) {
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        object.set(property.getKey(), value(property.getValue(), depth + 1));
      }
    }
    for (JsonNode name : schema.path("required")) {
      if (name.isString() && !object.has(name.stringValue())) {
        String required = name.stringValue();
        object.set(required, value(properties.path(required), depth + 1));
      }
    }
    return object;
  }

  private JsonNode array(JsonNode schema, int depth) {
    int most = scalars.count(schema, "maxItems", MOST_ITEMS);
    int least = Math.min(scalars.count(schema, "minItems", depth < DEPTH ? 1 : 0), most);
    Collection<JsonNode> items =
        schema.path("uniqueItems").asBoolean(false) ? new LinkedHashSet<>() : new ArrayList<>();
    for (JsonNode item : schema.path("prefixItems")) {
      if (items.size() < most) {
        items.add(value(item, depth + 1));
      }
    }
    JsonNode item = schema.path("items");
    for (int tries = 0; items.size() < least && tries < 2 * MOST_ITEMS; tries++) {
      items.add(value(item, depth + 1));
    }
    return NODES.arrayNode().addAll(List.copyOf(items));
  }
}
