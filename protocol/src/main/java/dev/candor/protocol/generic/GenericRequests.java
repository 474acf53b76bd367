package dev.candor.protocol.generic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.base.error.CandorException;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonSyntaxException;
import dev.candor.protocol.request.ChatMessage;
import dev.candor.protocol.request.RequestEncoder;
import dev.candor.protocol.request.RequestFields;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Fills a template of a request's body. Texts are written as its content type needs them: with
 * JSON's escapes, form-encoded, or as they are. <b>Immutable; for any thread.</b>
 */
public final class GenericRequests implements RequestEncoder {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final List<String> KNOWN = List.of("prompt", "messages", "model", "max_tokens");

  private final List<String> parts;
  private final String model;
  private final Form form;

  private enum Form {
    JSON,
    FORM,
    TEXT
  }

  /**
   * @param template with {@code {{prompt}}}, {@code {{messages}}}, {@code {{model}}} and {@code
   *     {{max_tokens}}}; empty: no body
   * @param contentType of the body
   * @throws CandorException for an unknown placeholder, or a template of JSON that gives none
   */
  public GenericRequests(String template, String contentType, String model) {
    this.model = model;
    parts = parts(template);
    String type = contentType.toLowerCase(Locale.ROOT);
    form =
        type.contains("json")
            ? Form.JSON
            : type.startsWith("application/x-www-form-urlencoded") ? Form.FORM : Form.TEXT;
    if (form == Form.JSON && !template.isBlank()) {
      checkJson();
    }
  }

  /** Literal text and names of placeholders in turn, text first. */
  private static List<String> parts(String template) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(template);
    int from = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!KNOWN.contains(name)) {
        throw CandorException.user(
            "found {{%s}}, must be one of {{prompt}}, {{messages}}, {{model}}, {{max_tokens}}"
                .formatted(name));
      }
      parts.add(template.substring(from, matcher.start()));
      parts.add(name);
      from = matcher.end();
    }
    parts.add(template.substring(from));
    return parts;
  }

  private void checkJson() {
    byte[] body = encode(List.of(new ChatMessage("user", "\"x\"")), 1);
    JsonCursor json = new JsonCursor();
    try {
      json.open(body, 0, body.length);
      json.skip();
      json.close();
    } catch (JsonSyntaxException e) {
      throw CandorException.user(
          "with its placeholders filled it must be JSON, as its content type says: %s; {{prompt}} and {{model}} stand within quotes, {{messages}} and {{max_tokens}} do not"
              .formatted(e.getMessage()));
    }
  }

  @Override
  public byte[] encode(List<ChatMessage> messages, int maxTokens) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      body.append(i % 2 == 0 ? parts.get(i) : value(parts.get(i), messages, maxTokens));
    }
    return body.toString().getBytes(UTF_8);
  }

  private String value(String name, List<ChatMessage> messages, int maxTokens) {
    return switch (name) {
      case "prompt" -> written(ChatMessage.joined(messages));
      case "model" -> written(model);
      case "max_tokens" -> maxTokens > 0 ? Integer.toString(maxTokens) : "null";
      case "messages" -> {
        String array = new String(RequestFields.array(messages), UTF_8);
        yield form == Form.FORM ? URLEncoder.encode(array, UTF_8) : array;
      }
      default -> throw new IllegalStateException("placeholder " + name);
    };
  }

  private String written(String text) {
    return switch (form) {
      case JSON -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
      case FORM -> URLEncoder.encode(text, UTF_8);
      case TEXT -> text;
    };
  }
}
