package dev.candor.load.transport;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Target;
import java.util.Objects;

/** The dialect that a target is spoken to in. */
public final class Dialects {
  private Dialects() {}

  /**
   * The dialect of {@code target.api}.
   *
   * @throws CandorException for a body that the dialect cannot send
   */
  public static Dialect of(Target target) {
    return switch (target.api()) {
      case OPENAI_CHAT -> new ChatDialect(target);
      case OPENAI_COMPLETIONS -> new CompletionsDialect(target);
      case OPENAI_RESPONSES -> new ResponsesDialect(target);
      case OPENAI_EMBEDDINGS -> new EmbeddingsDialect(target);
      case ANTHROPIC_MESSAGES -> new MessagesDialect(target);
      case OLLAMA_CHAT -> OllamaDialect.chat(target);
      case OLLAMA_GENERATE -> OllamaDialect.generate(target);
      case GENERIC ->
          new GenericDialect(
              Objects.requireNonNull(target.generic(), "target.generic of a generic api"), target);
    };
  }
}
