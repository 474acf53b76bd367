package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.openai.ChatAnswerReader;
import dev.candor.protocol.openai.ChatMessage;
import dev.candor.protocol.openai.ChatRequestEncoder;
import dev.candor.protocol.openai.ChatRequestSettings;
import dev.candor.protocol.openai.ChatStreamReader;
import dev.candor.protocol.openai.ErrorBody;
import dev.candor.scenario.Target;
import dev.candor.workload.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI chat completions, streamed or whole. */
public final class ChatDialect implements Dialect {
  private final ChatRequestEncoder encoder;
  private final boolean stream;

  public ChatDialect(Target target) {
    this.stream = target.stream();
    this.encoder =
        new ChatRequestEncoder(
            new ChatRequestSettings(
                target.model(),
                target.stream(),
                target.usage(),
                target.ignoreEos(),
                target.maxTokensField(),
                target.body()));
  }

  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public Map<String, String> headers(@Nullable String apiKey) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("accept", stream ? "text/event-stream" : "application/json");
    if (apiKey != null) {
      headers.put("authorization", "Bearer " + apiKey);
    }
    return headers;
  }

  @Override
  public boolean streamed() {
    return stream;
  }

  @Override
  public byte[] encode(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>(prompt.messages().size());
    for (Prompt.Message message : prompt.messages()) {
      messages.add(new ChatMessage(message.role(), message.content()));
    }
    return encoder.encode(messages, prompt.maxTokens());
  }

  @Override
  public ResponseReader newReader() {
    return stream ? new ChatStreamReader() : new ChatAnswerReader();
  }

  @Override
  public String describeError(byte[] body) {
    return ErrorBody.describe(body);
  }
}
