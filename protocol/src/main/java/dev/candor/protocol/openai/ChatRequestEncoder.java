package dev.candor.protocol.openai;

import dev.candor.base.error.CandorException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the body of a chat completion request. <b>Immutable; for any thread.</b> */
public final class ChatRequestEncoder {
  private final JsonFactory factory = new JsonFactory();
  private final ChatRequestSettings settings;

  /**
   * @throws CandorException for an extra body field that JSON has no form for
   */
  public ChatRequestEncoder(ChatRequestSettings settings) {
    this.settings = settings;
    var _ = encode(List.of(), 0);
  }

  /**
   * @param maxTokens the limit of the answer in tokens; 0 for none
   * @return UTF-8
   */
  public byte[] encode(List<ChatMessage> messages, int maxTokens) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      writeOwn(json, messages, maxTokens);
      settings
          .extraBody()
          .forEach(
              (name, value) -> {
                json.writeName(name);
                write(json, name, value);
              });
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  private void writeOwn(JsonGenerator json, List<ChatMessage> messages, int maxTokens) {
    if (isOurs("model")) {
      json.writeStringProperty("model", settings.model());
    }
    if (isOurs("messages")) {
      json.writeArrayPropertyStart("messages");
      for (ChatMessage message : messages) {
        json.writeStartObject();
        json.writeStringProperty("role", message.role());
        json.writeStringProperty("content", message.content());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (isOurs("stream")) {
      json.writeBooleanProperty("stream", settings.stream());
    }
    if (settings.stream() && settings.includeUsage() && isOurs("stream_options")) {
      json.writeObjectPropertyStart("stream_options");
      json.writeBooleanProperty("include_usage", true);
      json.writeEndObject();
    }
    if (maxTokens > 0 && isOurs(settings.maxTokensField())) {
      json.writeNumberProperty(settings.maxTokensField(), maxTokens);
    }
    if (settings.ignoreEos() && isOurs("ignore_eos")) {
      json.writeBooleanProperty("ignore_eos", true);
    }
  }

  private boolean isOurs(String name) {
    return !settings.extraBody().containsKey(name);
  }

  private static void write(JsonGenerator json, String name, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Double number when Double.isFinite(number) -> json.writeNumber(number);
      case Float number when Float.isFinite(number) -> json.writeNumber(number);
      case Map<?, ?> fields -> {
        json.writeStartObject();
        fields.forEach(
            (key, field) -> {
              json.writeName(String.valueOf(key));
              write(json, name + "." + key, field);
            });
        json.writeEndObject();
      }
      case Iterable<?> elements -> {
        json.writeStartArray();
        for (Object element : elements) {
          write(json, name, element);
        }
        json.writeEndArray();
      }
      default ->
          throw CandorException.user(
              "extra body field "
                  + name
                  + ": found "
                  + value
                  + " ("
                  + value.getClass().getSimpleName()
                  + "), but a JSON value is needed: text, finite number, boolean, list or map");
    }
  }
}
