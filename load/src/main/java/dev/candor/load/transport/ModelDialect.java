package dev.candor.load.transport;

import dev.candor.protocol.body.ErrorBody;
import dev.candor.protocol.request.ChatMessage;
import dev.candor.protocol.request.RequestEncoder;
import dev.candor.protocol.request.RequestSettings;
import dev.candor.scenario.Target;
import dev.candor.workload.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the dialects of model servers have in common: JSON posted, and a bearer's key. */
abstract class ModelDialect implements Dialect {
  private final RequestEncoder encoder;
  private final boolean stream;
  private final String streamType;

  /**
   * @param stream whether answers come event by event
   * @param streamType the content type that they have then
   */
  ModelDialect(RequestEncoder encoder, boolean stream, String streamType) {
    this.encoder = encoder;
    this.stream = stream;
    this.streamType = streamType;
  }

  // Of a record's constructor the class file does not say that the map may hold nulls.
  @SuppressWarnings("NullAway")
  static RequestSettings settings(Target target) {
    return new RequestSettings(
        target.model(),
        target.stream(),
        target.usage(),
        target.ignoreEos(),
        target.maxTokensField(),
        target.body());
  }

  static List<ChatMessage> messages(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>(prompt.messages().size());
    for (Prompt.Message message : prompt.messages()) {
      messages.add(new ChatMessage(message.role(), message.content()));
    }
    return messages;
  }

  @Override
  public final Map<String, String> headers(@Nullable String apiKey) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("accept", stream ? streamType : "application/json");
    authorize(apiKey, headers);
    return headers;
  }

  /** Adds what says who asks. */
  void authorize(@Nullable String apiKey, Map<String, String> headers) {
    if (apiKey != null) {
      headers.put("authorization", "Bearer " + apiKey);
    }
  }

  @Override
  public final boolean streamed() {
    return stream;
  }

  @Override
  public final byte[] encode(Prompt prompt) {
    return encoder.encode(messages(prompt), prompt.maxTokens());
  }

  @Override
  public final String describeError(byte[] body) {
    return ErrorBody.describe(body);
  }
}
