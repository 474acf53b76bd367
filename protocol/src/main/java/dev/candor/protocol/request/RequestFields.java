package dev.candor.protocol.request;

import dev.candor.base.error.CandorException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the fields of one request body; those that the scenario sets itself stand in place of ours
 * of the same name. <b>For one thread.</b>
 */
public final class RequestFields {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;
  private final Map<String, @Nullable Object> extra;

  private RequestFields(JsonGenerator json, Map<String, @Nullable Object> extra) {
    this.json = json;
    this.extra = extra;
  }

  /**
   * The body of one request, UTF-8.
   *
   * @param extra the scenario's own fields
   * @param ours writes the dialect's
   * @throws CandorException for an extra field that JSON has no form for
   */
  public static byte[] write(Map<String, @Nullable Object> extra, Consumer<RequestFields> ours) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      ours.accept(new RequestFields(json, extra));
      extra.forEach(
          (name, value) -> {
            json.writeName(name);
            write(json, name, value);
          });
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  /** Messages as a JSON array of {@code role} and {@code content}, UTF-8. */
  public static byte[] array(List<ChatMessage> messages) {
    ByteArrayOutputStream array = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), array)) {
      write(json, messages);
    }
    return array.toByteArray();
  }

  public void text(String name, String value) {
    if (isOurs(name)) {
      json.writeStringProperty(name, value);
    }
  }

  public void flag(String name, boolean value) {
    if (isOurs(name)) {
      json.writeBooleanProperty(name, value);
    }
  }

  public void number(String name, int value) {
    if (isOurs(name)) {
      json.writeNumberProperty(name, value);
    }
  }

  /** A field whose value is any that JSON has. */
  public void value(String name, Object value) {
    if (isOurs(name)) {
      json.writeName(name);
      write(json, name, value);
    }
  }

  /** An array of objects with {@code role} and {@code content}. */
  public void messages(String name, List<ChatMessage> messages) {
    if (isOurs(name)) {
      json.writeName(name);
      write(json, messages);
    }
  }

  private boolean isOurs(String name) {
    return !extra.containsKey(name);
  }

  private static void write(JsonGenerator json, List<ChatMessage> messages) {
    json.writeStartArray();
    for (ChatMessage message : messages) {
      json.writeStartObject();
      json.writeStringProperty("role", message.role());
      json.writeStringProperty("content", message.content());
      json.writeEndObject();
    }
    json.writeEndArray();
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
