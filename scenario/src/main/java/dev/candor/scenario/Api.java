package dev.candor.scenario;

/** The wire dialects; the key is what scenarios and {@code --api} say. */
public enum Api {
  OPENAI_CHAT("openai-chat"),
  OPENAI_COMPLETIONS("openai-completions"),
  OPENAI_RESPONSES("openai-responses"),
  OPENAI_EMBEDDINGS("openai-embeddings"),
  ANTHROPIC_MESSAGES("anthropic-messages"),
  OLLAMA_CHAT("ollama-chat"),
  OLLAMA_GENERATE("ollama-generate"),
  /** As the scenario's {@code target.generic} says. */
  GENERIC("generic");

  private final String key;

  Api(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
