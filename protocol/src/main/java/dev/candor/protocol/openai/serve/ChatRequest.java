package dev.candor.protocol.openai.serve;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a mock must know of a chat request.
 *
 * @param contents text of the messages, in order
 * @param maxTokens {@code max_completion_tokens} or {@code max_tokens}, 0 where there is neither
 */
public record ChatRequest(
    String model,
    List<String> contents,
    int maxTokens,
    boolean stream,
    boolean includeUsage,
    boolean ignoreEos) {
  /** More tokens than any model answers with; a server would allocate for them. */
  public static final int LONGEST_ANSWER = 1_000_000;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads a request body; fields that a mock has no use for may be anything.
   *
   * @throws InvalidRequestException where it is not JSON, has no messages or asks for an answer of
   *     less than 1 or more than {@link #LONGEST_ANSWER} tokens
   */
  public static ChatRequest read(byte[] body) {
    String model = "";
    List<String> contents = new ArrayList<>();
    int maxTokens = 0;
    boolean stream = false;
    boolean includeUsage = false;
    boolean ignoreEos = false;
    boolean messages = false;
    try (JsonParser parser =
        JSON.createParser(ObjectReadContext.empty(), new ByteArrayInputStream(body))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidRequestException(null, "the body is not a JSON object", null);
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "model" -> model = String.valueOf(parser.getValueAsString());
          case "messages" -> {
            messages = value == JsonToken.START_ARRAY;
            collect(parser, contents);
          }
          case "max_tokens", "max_completion_tokens" -> {
            if (value != JsonToken.VALUE_NULL) {
              maxTokens = answerLength(parser, name);
            }
          }
          case "stream" -> stream = parser.getValueAsBoolean();
          case "ignore_eos" -> ignoreEos = parser.getValueAsBoolean();
          case "stream_options" -> includeUsage = includeUsage(parser);
          default -> {}
        }
        // Nothing where the value is a scalar, or read to its end.
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      throw new InvalidRequestException(null, "the body is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!messages) {
      throw new InvalidRequestException("messages", "'messages' must be an array", null);
    }
    return new ChatRequest(model, contents, maxTokens, stream, includeUsage, ignoreEos);
  }

  private static int answerLength(JsonParser parser, String field) {
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    double tokens = whole ? parser.getDoubleValue() : Double.NaN;
    if (tokens >= 1 && tokens <= LONGEST_ANSWER) {
      return (int) tokens;
    }
    String found = parser.getString();
    throw new InvalidRequestException(
        field,
        "'%s': found %s, must be a whole number of tokens from 1 to %d"
            .formatted(
                field, found.length() > 40 ? found.substring(0, 40) + "…" : found, LONGEST_ANSWER),
        null);
  }

  /** Every string under a content or text key. */
  private static void collect(JsonParser parser, List<String> contents) {
    int depth = 0;
    String key = "";
    JsonToken token = parser.currentToken();
    while (token != null) {
      switch (token) {
        case START_ARRAY, START_OBJECT -> depth++;
        case END_ARRAY, END_OBJECT -> depth--;
        case PROPERTY_NAME -> key = parser.currentName();
        case VALUE_STRING -> {
          if (key.equals("content") || key.equals("text")) {
            contents.add(parser.getString());
          }
        }
        default -> {}
      }
      if (depth <= 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private static boolean includeUsage(JsonParser parser) {
    boolean asked = false;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean usage = parser.currentName().equals("include_usage");
        parser.nextToken();
        if (usage) {
          asked = parser.getValueAsBoolean();
        } else {
          parser.skipChildren();
        }
      }
    }
    return asked;
  }
}
