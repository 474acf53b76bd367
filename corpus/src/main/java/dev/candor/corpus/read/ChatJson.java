package dev.candor.corpus.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Prompts and answers out of JSON in the shapes of OpenAI, Anthropic and OpenTelemetry. Every text
 * goes through the filter here, once, and by no other way into a request. For one thread.
 *
 * <p>Of a message are kept its role, its text, its name, its calls of tools and the call that it
 * answers; of a content in parts the parts that are text.
 */
public final class ChatJson {
  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool", "function");

  private final TextFilter texts;
  private final TextFilter labels;

  /**
   * @param texts for what is said
   * @param labels for what requests are sorted by
   */
  public ChatJson(TextFilter texts, TextFilter labels) {
    this.texts = texts;
    this.labels = labels;
  }

  /** A kind of request or a model's name, at most 100 characters; else {@code otherwise}. */
  String label(@Nullable String text, String otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    String label = labels.filter(text);
    return label.length() > 100 ? label.substring(0, 100) : label;
  }

  /**
   * The messages of a prompt: an array of them, or a text that a user says.
   *
   * @throws BadRecord where it is neither
   */
  List<Message> messages(JsonNode prompt) {
    List<Message> messages = new ArrayList<>();
    if (prompt.isString()) {
      messages.add(Message.of("user", texts.filter(prompt.stringValue())));
    } else if (prompt.isArray()) {
      for (JsonNode each : prompt) {
        if (!type(each).equals("reasoning")) {
          messages.add(message(each));
        }
      }
    } else {
      throw new BadRecord(
          Reason.BAD_FIELDS, "found a prompt that is no list of messages, must be one or a text");
    }
    return messages;
  }

  private static String type(JsonNode object) {
    JsonNode type = object.path("type");
    return type.isString() ? type.stringValue() : "";
  }

  private Message message(JsonNode message) {
    if (message.isString()) {
      return Message.of("user", texts.filter(message.stringValue()));
    }
    if (!message.isObject()) {
      throw new BadRecord(
          Reason.BAD_FIELDS, "found a message that is no object, must be {\"role\": …}");
    }
    if (type(message).equals("function_call")) {
      ToolCall call = call(message, message.path("name"), message.path("arguments"));
      return new Message("assistant", "", "", "", List.of(call));
    }
    JsonNode content = Fields.first(message, "content", "parts", "output");
    List<ToolCall> calls = new ArrayList<>();
    addCalls(message.path("tool_calls"), calls);
    addCalls(content, calls);
    return new Message(
        role(message, content),
        texts.filter(text(content)),
        filtered(message.path("name")),
        filtered(answered(message, content)),
        calls);
  }

  private String role(JsonNode message, JsonNode content) {
    String given = message.path("role").isString() ? message.path("role").stringValue() : "";
    if (given.isEmpty()) {
      return type(message).equals("function_call_output") ? "tool" : "user";
    }
    String role = given.toLowerCase(Locale.ROOT);
    if (role.equals("user") && content.isArray() && !answered(message, content).isMissingNode()) {
      return "tool";
    }
    return switch (role) {
      case "human" -> "user";
      case "gpt", "model", "bot", "chatgpt", "ai" -> "assistant";
      default -> ROLES.contains(role) ? role : label(given, "user");
    };
  }

  /** The id of the call that the message answers. */
  private static JsonNode answered(JsonNode message, JsonNode content) {
    JsonNode id = Fields.first(message, "tool_call_id", "call_id");
    if (!id.isMissingNode() || !content.isArray()) {
      return id;
    }
    for (JsonNode part : content) {
      String type = type(part);
      if (type.equals("tool_result") || type.equals("tool_call_response")) {
        return Fields.first(part, "tool_use_id", "id");
      }
    }
    return id;
  }

  private void addCalls(JsonNode calls, List<ToolCall> to) {
    if (!calls.isArray()) {
      return;
    }
    for (JsonNode call : calls) {
      String type = type(call);
      JsonNode function = call.path("function");
      if (function.isObject()) {
        to.add(call(call, function.path("name"), function.path("arguments")));
      } else if (type.equals("tool_use")
          || type.equals("tool_call")
          || type.equals("function_call")) {
        to.add(call(call, call.path("name"), Fields.first(call, "input", "arguments")));
      }
    }
  }

  private ToolCall call(JsonNode call, JsonNode name, JsonNode arguments) {
    return new ToolCall(
        filtered(Fields.first(call, "call_id", "id")),
        filtered(name),
        arguments.isMissingNode() ? "" : filtered(arguments));
  }

  private String filtered(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return texts.filter(value.isString() ? value.stringValue() : value.toString());
  }

  /** The text of a content, unfiltered: itself, or its parts that are text. */
  private static String text(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    if (content.isObject()) {
      return text(Fields.first(content, "text", "content"));
    }
    if (!content.isArray()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (part.isString()) {
        text.append(part.stringValue());
      } else {
        JsonNode said = Fields.first(part, "text", "content", "result", "response", "output");
        text.append(said.isObject() && !said.has("text") ? said.toString() : text(said));
      }
    }
    return text.toString();
  }

  /** The answer in a response of any of these services; null where it has none. */
  @Nullable Answer answer(JsonNode response) {
    JsonNode choice = response.path("choices").path(0);
    if (choice.isObject()) {
      JsonNode message = choice.path("message");
      return message.isObject() ? said(message) : answerOf(choice.path("text"));
    }
    JsonNode output = response.path("output");
    return output.isArray() ? answerOf(output) : answerOf(response);
  }

  private @Nullable Answer answerOf(JsonNode value) {
    if (value.isString()) {
      return new Answer(texts.filter(value.stringValue()), List.of());
    }
    if (value.isObject()) {
      return value.has("content") || value.has("parts") || value.has("tool_calls")
          ? said(value)
          : null;
    }
    if (!value.isArray() || value.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    List<ToolCall> calls = new ArrayList<>();
    for (JsonNode each : value) {
      text.append(text(Fields.first(each, "content", "parts")));
      addCalls(each.path("tool_calls"), calls);
      addCalls(each.path("parts"), calls);
    }
    addCalls(value, calls);
    return new Answer(texts.filter(text.toString()), calls);
  }

  private Answer said(JsonNode message) {
    JsonNode content = Fields.first(message, "content", "parts");
    List<ToolCall> calls = new ArrayList<>();
    addCalls(message.path("tool_calls"), calls);
    addCalls(content, calls);
    return new Answer(texts.filter(text(content)), calls);
  }

  /** Any text, filtered. */
  String text(String text) {
    return texts.filter(text);
  }
}
