package dev.candor.load.transport;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Target;

/** The dialect that a target is spoken to in. */
public final class Dialects {
  private Dialects() {}

  public static Dialect of(Target target) {
    return switch (target.api()) {
      case OPENAI_CHAT -> new ChatDialect(target);
      case OPENAI_COMPLETIONS,
          OPENAI_RESPONSES,
          OPENAI_EMBEDDINGS,
          ANTHROPIC_MESSAGES,
          OLLAMA_CHAT,
          OLLAMA_GENERATE,
          GENERIC ->
          throw CandorException.user(
              "target.api: '%s' is not there yet".formatted(target.api().key()));
    };
  }
}
