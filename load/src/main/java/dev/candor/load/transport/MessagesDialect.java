package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.anthropic.MessageEventScanner;
import dev.candor.protocol.anthropic.MessageRequests;
import dev.candor.protocol.anthropic.MessageScanner;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.WholeReader;
import dev.candor.scenario.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Anthropic messages, streamed or whole. */
final class MessagesDialect extends ModelDialect {
  MessagesDialect(Target target) {
    super(MessageRequests.messages(settings(target)), target.stream(), "text/event-stream");
  }

  @Override
  public String path() {
    return "/messages";
  }

  @Override
  void authorize(@Nullable String apiKey, Map<String, String> headers) {
    headers.put("anthropic-version", MessageRequests.VERSION);
    if (apiKey != null) {
      headers.put("x-api-key", apiKey);
    }
  }

  @Override
  public ResponseReader newReader() {
    return streamed()
        ? new EventStreamReader(new MessageEventScanner(), EndMark.NONE)
        : new WholeReader(new MessageScanner());
  }
}
