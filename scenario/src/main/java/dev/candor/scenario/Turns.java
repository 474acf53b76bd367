package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a session, one after another, each with all that was said before.
 *
 * @param count of a session, 1 or more
 * @param followUpTokens of a message after the first
 * @param thinkNanos from an answer's end to the next message
 */
public record Turns(
    Distribution count,
    Distribution followUpTokens,
    Distribution thinkNanos,
    @Nullable Subagents subagents) {

  /** At most so many side by side; a larger draw is cut. */
  public static final int MOST_SUBAGENTS = 256;

  /**
   * Agents that a turn sets to work side by side. Each has a conversation of its own behind the
   * session's system message; the next turn waits for all of them and carries their last answers.
   *
   * @param share of the turns, but the last, that do so
   * @param count 1 or more, {@link #MOST_SUBAGENTS} at most
   * @param turns requests of each
   * @param inputTokens of the task
   * @param followUpTokens of a later message, a tool's result for instance
   */
  public record Subagents(
      double share,
      Distribution count,
      Distribution turns,
      Distribution inputTokens,
      Distribution followUpTokens,
      Distribution outputTokens,
      Distribution thinkNanos) {}
}
