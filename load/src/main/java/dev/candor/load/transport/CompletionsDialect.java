package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.openai.CompletionScanner;
import dev.candor.protocol.openai.OpenAiRequests;
import dev.candor.scenario.Target;

/** OpenAI's older completions, streamed or whole. */
final class CompletionsDialect extends ModelDialect {
  CompletionsDialect(Target target) {
    super(OpenAiRequests.completions(settings(target)), target.stream(), "text/event-stream");
  }

  @Override
  public String path() {
    return "/completions";
  }

  @Override
  public ResponseReader newReader() {
    return streamed()
        ? new EventStreamReader(new CompletionScanner(), EndMark.DONE)
        : new WholeReader(new CompletionScanner());
  }
}
