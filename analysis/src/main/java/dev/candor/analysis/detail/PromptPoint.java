package dev.candor.analysis.detail;

/**
 * TTFT of one attempt against its prompt.
 *
 * @param cachedTokens of the prompt's tokens, those read from the prefix cache; -1: not told
 * @param turn of its conversation, from 1; 0: no conversation of the run has a second
 */
public record PromptPoint(int inputTokens, int cachedTokens, int turn, double ttftMs) {

  /** The same in a run that has none. */
  PromptPoint outsideConversations() {
    return new PromptPoint(inputTokens, cachedTokens, 0, ttftMs);
  }
}
