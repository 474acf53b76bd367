package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.openai.OpenAiRequests;
import dev.candor.protocol.openai.ResponseEventScanner;
import dev.candor.protocol.openai.ResponseScanner;
import dev.candor.scenario.Target;

/** OpenAI responses, streamed or whole. */
final class ResponsesDialect extends ModelDialect {
  ResponsesDialect(Target target) {
    super(OpenAiRequests.responses(settings(target)), target.stream(), "text/event-stream");
  }

  @Override
  public String path() {
    return "/responses";
  }

  @Override
  public ResponseReader newReader() {
    return streamed()
        ? new EventStreamReader(new ResponseEventScanner(), EndMark.NONE)
        : new WholeReader(new ResponseScanner());
  }
}
