package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.NO_BLOCKS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OTLP's JSON with spans of OpenTelemetry's conventions for generative AI. Spans of other work, of
 * agents and tools among them, are no requests.
 */
final class OtelSpans implements RequestReader {
  private static final Set<String> REQUESTS = Set.of("chat", "text_completion", "generate_content");

  private final ChatJson chat;

  OtelSpans(ChatJson chat) {
    this.chat = chat;
  }

  @Override
  public void read(JsonNode record, Requests to) {
    JsonNode resources = Fields.first(record, "resourceSpans", "resource_spans");
    if (!resources.isArray()) {
      throw Fields.missing("resourceSpans");
    }
    for (JsonNode resource : resources) {
      for (JsonNode scope : Fields.first(resource, "scopeSpans", "scope_spans")) {
        for (JsonNode span : scope.path("spans")) {
          try {
            span(span, to);
          } catch (BadRecord e) {
            to.bad(e);
          }
        }
      }
    }
  }

  private void span(JsonNode span, Requests to) {
    ObjectNode attributes = attributes(span.path("attributes"));
    String operation = Fields.text(attributes, "gen_ai.operation.name");
    Usage usage = usage(attributes);
    if (operation != null ? !REQUESTS.contains(operation) : usage.input() < 0) {
      to.passOver();
      return;
    }
    List<Message> messages = messages(attributes);
    if (messages.isEmpty() && usage.input() < 1) {
      throw Fields.missing("gen_ai.input.messages and no gen_ai.usage.input_tokens in a span");
    }
    to.accept(
        new SourceRequest(
            link(span, attributes, messages),
            nanos(span, "startTimeUnixNano", "start_time_unix_nano"),
            nanos(span, "endTimeUnixNano", "end_time_unix_nano"),
            chat.label(
                Fields.text(attributes, "gen_ai.request.model", "gen_ai.response.model"), "otel"),
            usage.input(),
            usage.output(),
            usage.cached(),
            0,
            NO_BLOCKS,
            messages,
            answer(attributes)));
  }

  private static Usage usage(JsonNode attributes) {
    return new Usage(
        Fields.tokens(attributes, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
        Fields.tokens(attributes, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
        Fields.tokens(
            attributes,
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens"));
  }

  private static long nanos(JsonNode span, String... names) {
    String text = Fields.text(span, names);
    if (text == null || text.equals("0")) {
      return SourceRequest.UNKNOWN_TIME;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new BadRecord(
          Reason.BAD_TIME,
          "found a span's time that is no whole number, must be nanoseconds since 1970");
    }
  }

  private List<Message> messages(ObjectNode attributes) {
    List<Message> messages = new ArrayList<>();
    JsonNode system = Fields.firstParsed(attributes, "gen_ai.system_instructions");
    if (!system.isMissingNode()) {
      ObjectNode message = JsonText.mapper().createObjectNode();
      message.put("role", "system").set("content", system);
      messages.addAll(chat.messages(JsonText.mapper().createArrayNode().add(message)));
    }
    JsonNode input = Fields.firstParsed(attributes, "gen_ai.input.messages", "gen_ai.prompt");
    if (input.isMissingNode()) {
      input = numbered(attributes, "gen_ai.prompt.");
    }
    if ((!input.isMissingNode() && !input.isEmpty()) || input.isString()) {
      messages.addAll(chat.messages(input));
    }
    return messages;
  }

  private @Nullable Answer answer(ObjectNode attributes) {
    JsonNode output = Fields.firstParsed(attributes, "gen_ai.output.messages", "gen_ai.completion");
    return chat.answer(
        output.isMissingNode() ? numbered(attributes, "gen_ai.completion.") : output);
  }

  /** Messages in attributes such as gen_ai.prompt.0.role, as instrumentations wrote them first. */
  private static ArrayNode numbered(ObjectNode attributes, String prefix) {
    ArrayNode messages = JsonText.mapper().createArrayNode();
    for (int i = 0;
        attributes.has(prefix + i + ".content") || attributes.has(prefix + i + ".role");
        i++) {
      ObjectNode message = messages.addObject();
      for (String field : List.of("role", "content")) {
        JsonNode value = attributes.path(prefix + i + "." + field);
        if (!value.isMissingNode()) {
          message.set(field, Fields.parsed(value));
        }
      }
    }
    return messages;
  }

  private static Link link(JsonNode span, JsonNode attributes, List<Message> messages) {
    String session = Fields.text(attributes, "gen_ai.conversation.id", "session.id");
    if (session == null) {
      session = Fields.text(span, "traceId", "trace_id");
    }
    return session != null
        ? new Link.Session(session)
        : messages.isEmpty() ? new Link.Alone() : new Link.History();
  }

  private static ObjectNode attributes(JsonNode list) {
    ObjectNode attributes = JsonText.mapper().createObjectNode();
    for (JsonNode each : list) {
      String key = Fields.text(each, "key");
      if (key != null) {
        attributes.set(key, value(each.path("value")));
      }
    }
    return attributes;
  }

  /** OTLP wraps every value in an object that names its type. */
  private static JsonNode value(JsonNode any) {
    JsonNode array = any.path("arrayValue");
    if (array.isObject()) {
      ArrayNode values = JsonText.mapper().createArrayNode();
      for (JsonNode each : array.path("values")) {
        values.add(value(each));
      }
      return values;
    }
    JsonNode object = any.path("kvlistValue");
    if (object.isObject()) {
      Map<String, JsonNode> values = new HashMap<>();
      for (JsonNode each : object.path("values")) {
        String key = Fields.text(each, "key");
        if (key != null) {
          values.put(key, value(each.path("value")));
        }
      }
      ObjectNode node = JsonText.mapper().createObjectNode();
      node.setAll(values);
      return node;
    }
    return Fields.first(any, "stringValue", "intValue", "doubleValue", "boolValue");
  }
}
