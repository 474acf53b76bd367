package dev.candor.corpus.imports;

import dev.candor.corpus.read.Message;
import dev.candor.corpus.read.ToolCall;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Messages as the JSON array that OpenAI's interface takes. */
final class MessagesJson {
  private static final JsonFactory JSON = new JsonFactory();

  private MessagesJson() {}

  static String text(List<Message> messages) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (Message message : messages) {
        write(message, json);
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  private static void write(Message message, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("role", message.role());
    if (message.content().isEmpty() && !message.toolCalls().isEmpty()) {
      json.writeNullProperty("content");
    } else {
      json.writeStringProperty("content", message.content());
    }
    if (!message.name().isEmpty()) {
      json.writeStringProperty("name", message.name());
    }
    if (!message.toolCallId().isEmpty()) {
      json.writeStringProperty("tool_call_id", message.toolCallId());
    }
    if (!message.toolCalls().isEmpty()) {
      json.writeArrayPropertyStart("tool_calls");
      for (ToolCall call : message.toolCalls()) {
        json.writeStartObject();
        json.writeStringProperty("id", call.id());
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", call.name());
        json.writeStringProperty("arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
