package dev.candor.scenario;

/** What becomes of a conversation whose next request would not fit the context any more. */
public sealed interface ContextLimit {

  /** Conversations grow for as long as they last. */
  record None() implements ContextLimit {}

  /**
   * The session ends.
   *
   * @param tokens of a prompt and the answer asked for, together
   */
  record Stop(int tokens) implements ContextLimit {}

  /** The oldest messages go, a question with its answer at a time; the system message stays. */
  record Truncate(int tokens) implements ContextLimit {}

  /** A summary takes the place of all that was said; the system message stays. */
  record Summarise(int tokens, int summaryTokens) implements ContextLimit {}
}
