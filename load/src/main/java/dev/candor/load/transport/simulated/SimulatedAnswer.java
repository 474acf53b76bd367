package dev.candor.load.transport.simulated;

import java.util.function.IntFunction;

/**
 * What a simulated server will answer. The array is not copied and must not change.
 *
 * @param tokens of it all, at least 1
 * @param reasoningTokens the first of them, fewer than all
 * @param finish why it ends, in the dialect's word
 * @param blockHashes of prompt and answer, as {@link dev.candor.engine.EngineRequest}'s
 * @param text gives the text of the next so many tokens, from the first on
 */
public record SimulatedAnswer(
    int tokens, int reasoningTokens, String finish, long[] blockHashes, IntFunction<String> text) {
  /** Of a prompt that begins like no other. */
  public static final long[] SHARED_WITH_NOBODY = {};

  /** Tokens without a text, of a prompt that begins like no other. */
  public static SimulatedAnswer ofLength(int tokens, String finish) {
    return new SimulatedAnswer(tokens, 0, finish, SHARED_WITH_NOBODY, ignored -> "");
  }
}
