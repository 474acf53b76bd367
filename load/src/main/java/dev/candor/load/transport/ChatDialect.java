package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.openai.ChatScanner;
import dev.candor.protocol.openai.OpenAiRequests;
import dev.candor.scenario.Target;

/** OpenAI chat completions, streamed or whole. */
public final class ChatDialect extends ModelDialect {
  public ChatDialect(Target target) {
    super(OpenAiRequests.chat(settings(target)), target.stream(), "text/event-stream");
  }

  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public ResponseReader newReader() {
    return streamed()
        ? new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE)
        : new WholeReader(ChatScanner.ofAnswers());
  }
}
