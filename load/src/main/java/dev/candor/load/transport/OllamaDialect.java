package dev.candor.load.transport;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.LineStreamReader;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.ollama.OllamaRequests;
import dev.candor.protocol.ollama.OllamaScanner;
import dev.candor.protocol.request.RequestEncoder;
import dev.candor.scenario.Target;

/** Ollama's chat or generate, streamed as lines or whole. */
final class OllamaDialect extends ModelDialect {
  private final String path;

  private OllamaDialect(RequestEncoder encoder, boolean stream, String path) {
    super(encoder, stream, "application/x-ndjson");
    this.path = path;
  }

  static OllamaDialect chat(Target target) {
    return new OllamaDialect(OllamaRequests.chat(settings(target)), target.stream(), "/api/chat");
  }

  static OllamaDialect generate(Target target) {
    return new OllamaDialect(
        OllamaRequests.generate(settings(target)), target.stream(), "/api/generate");
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public ResponseReader newReader() {
    return streamed()
        ? new LineStreamReader(new OllamaScanner(), EndMark.NONE)
        : new WholeReader(new OllamaScanner());
  }
}
