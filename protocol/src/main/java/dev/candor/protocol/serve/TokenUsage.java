package dev.candor.protocol.serve;

/**
 * Tokens of one answer.
 *
 * @param promptTokens all of the prompt, the cached ones included
 * @param cachedTokens those of the prompt that a cache held
 * @param outputTokens all that were generated, those of reasoning included
 */
public record TokenUsage(
    int promptTokens, int cachedTokens, int outputTokens, int reasoningTokens) {
  int totalTokens() {
    return promptTokens + outputTokens;
  }
}
