package dev.candor.protocol.serve;

/**
 * Tokens of one answer.
 *
 * @param promptTokens all of the prompt, the cached ones included
 * @param cachedTokens those of the prompt that a cache held
 * @param cacheWriteTokens those of the prompt that were written into it, where the provider bills
 *     them apart
 * @param outputTokens all that were generated, those of reasoning included
 */
public record TokenUsage(
    int promptTokens,
    int cachedTokens,
    int cacheWriteTokens,
    int outputTokens,
    int reasoningTokens) {

  /** Of a provider that does not tell what it wrote into its cache. */
  public TokenUsage(int promptTokens, int cachedTokens, int outputTokens, int reasoningTokens) {
    this(promptTokens, cachedTokens, 0, outputTokens, reasoningTokens);
  }

  int totalTokens() {
    return promptTokens + outputTokens;
  }
}
