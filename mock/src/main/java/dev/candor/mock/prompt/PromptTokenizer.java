package dev.candor.mock.prompt;

/** Cuts text into tokens. Thread-safe. */
@FunctionalInterface
public interface PromptTokenizer {

  /** The tokens' ids; equal texts have equal ids. */
  int[] encode(String text);

  /** Candor's own: words, fast enough for an event loop. */
  static PromptTokenizer words() {
    return WordTokenizer.INSTANCE;
  }
}
