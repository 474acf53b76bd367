package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.openai.EmbeddingsScanner;
import dev.candor.protocol.openai.OpenAiRequests;
import dev.candor.scenario.Target;

/** OpenAI embeddings: always whole, and without a token. */
final class EmbeddingsDialect extends ModelDialect {
  EmbeddingsDialect(Target target) {
    super(OpenAiRequests.embeddings(settings(target)), false, "text/event-stream");
  }

  @Override
  public String path() {
    return "/embeddings";
  }

  @Override
  public ResponseReader newReader() {
    return new WholeReader(new EmbeddingsScanner());
  }

  @Override
  public boolean generates() {
    return false;
  }
}
