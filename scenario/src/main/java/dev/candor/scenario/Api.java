package dev.candor.scenario;

/** The wire dialects; the key is what scenarios and {@code --api} say. */
public enum Api {
  OPENAI_CHAT("openai-chat");

  private final String key;

  Api(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
