package dev.candor.workload;

import dev.candor.scenario.ContextLimit;
import java.util.function.Supplier;

/** Keeps a conversation within its context. */
record ContextWindow(ContextLimit limit) {

  /** Tokens of prompt and answer together, {@link Long#MAX_VALUE}: any. */
  long tokens() {
    return switch (limit) {
      case ContextLimit.None none -> Long.MAX_VALUE;
      case ContextLimit.Stop(int tokens) -> tokens;
      case ContextLimit.Truncate(int tokens) -> tokens;
      case ContextLimit.Summarise(int tokens, int summaryTokens) -> tokens;
    };
  }

  /**
   * Shortens {@code history}, whose last line is to be asked.
   *
   * @return false where it cannot become shorter: the session is over
   */
  boolean shorten(History history, Supplier<Piece> summary) {
    return switch (limit) {
      case ContextLimit.None none -> false;
      case ContextLimit.Stop stop -> false;
      case ContextLimit.Truncate truncate -> history.dropOldest();
      case ContextLimit.Summarise summarise -> history.summarise(summary.get());
    };
  }

  /** Whether {@code more} tokens may still fit behind {@code history}, shortened or not. */
  boolean mayTake(History history, long more) {
    return switch (limit) {
      case ContextLimit.None none -> true;
      case ContextLimit.Stop(int tokens) -> history.tokens() + more <= tokens;
      case ContextLimit.Truncate(int tokens) -> history.systemTokens() + more <= tokens;
      case ContextLimit.Summarise(int tokens, int summaryTokens) ->
          history.tokens() + more <= tokens
              || history.systemTokens() + summaryTokens + more <= tokens;
    };
  }
}
