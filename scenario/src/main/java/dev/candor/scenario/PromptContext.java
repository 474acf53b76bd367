package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * What stands ahead of a session's first message. Texts are the same in every session that draws
 * them, and in every run of the same seed.
 */
public record PromptContext(
    @Nullable SystemPrompts system, @Nullable Tools tools, @Nullable Documents documents) {
  public static final PromptContext NONE = new PromptContext(null, null, null);

  /**
   * System prompts, of which a session draws one.
   *
   * @param tokens drawn once for each
   * @param skew exponent of the Zipf law by which they are drawn, 0: all alike
   */
  public record SystemPrompts(Distribution tokens, int variants, double skew) {}

  /**
   * Definitions of tools, as text in the system message; the same in all sessions of the class.
   *
   * @param tokens of each, drawn once for each
   */
  public record Tools(int count, Distribution tokens) {}

  /**
   * Documents ahead of the first message's own text, drawn from a pool without repetition.
   *
   * @param count of a session, at most the whole pool
   * @param tokens of each, drawn once for each of the pool
   * @param skew exponent of the Zipf law by which they are drawn, 0: all alike
   */
  public record Documents(Distribution count, Distribution tokens, int pool, double skew) {}
}
