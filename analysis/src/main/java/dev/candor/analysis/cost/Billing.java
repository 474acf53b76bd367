package dev.candor.analysis.cost;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Prices;

/**
 * What a provider bills of an attempt. Pure functions.
 *
 * <p>The assumptions, which docs/cost.md states: an answer that is cut off is billed for the prompt
 * and for the tokens that had come by then; a request that is refused, or answered with an error
 * status, is not billed; where a server counts nothing, our own count stands for its.
 */
public final class Billing {
  private Billing() {}

  /** Prompt tokens: the server's count, else ours where they may have been worked on, else 0. */
  public static long inputTokens(AttemptRecord a) {
    if (a.inputTokens() != NONE) {
      return a.inputTokens();
    }
    return taken(a) ? Math.max(0, a.inputTokensAsked()) : 0;
  }

  /** Answer tokens, reasoning included. */
  public static long outputTokens(AttemptRecord a) {
    return Math.max(0, a.outputTokens());
  }

  /** What the attempt costs by its tokens and as a request; 0 where money runs by time. */
  public static double cost(AttemptRecord a, Prices prices) {
    Split split = Split.of(a, prices);
    return split.uncachedInput()
        + split.cachedInput()
        + split.cacheWrite()
        + split.output()
        + split.request();
  }

  /** Whether the provider took the request and may have worked on it. */
  public static boolean taken(AttemptRecord a) {
    return a.inputTokens() != NONE || (a.sent() != NONE && billed(a.outcome()));
  }

  private static boolean billed(Outcome outcome) {
    return switch (outcome) {
      case RATE_LIMITED,
          SERVER_ERROR,
          UNAUTHORIZED,
          NOT_FOUND,
          REJECTED,
          NOT_RESOLVED,
          CONNECT_FAILED,
          TLS_FAILED,
          TIMEOUT_CONNECT ->
          false;
      case COMPLETED,
          TIMEOUT_HEADERS,
          TIMEOUT_FIRST_TOKEN,
          TIMEOUT_IDLE,
          TIMEOUT_TOTAL,
          DISCONNECTED,
          TRUNCATED,
          MALFORMED,
          NOT_HTTP,
          OVERSIZED,
          COMPRESSED,
          ERROR_FRAME,
          EMPTY_ANSWER,
          WRONG_LENGTH,
          ABANDONED,
          CANCELLED,
          UNFINISHED ->
          true;
    };
  }

  /** An attempt's money by what it is for. */
  record Split(
      double uncachedInput, double cachedInput, double cacheWrite, double output, double request) {
    static Split of(AttemptRecord a, Prices prices) {
      long in = inputTokens(a);
      long cached = Math.clamp(a.cachedTokens(), 0, in);
      long written = Math.clamp(a.cacheWriteTokens(), 0, in - cached);
      return new Split(
          prices.cost(in - cached - written, 0, 0, 0),
          prices.cost(0, cached, 0, 0),
          prices.cost(0, 0, written, 0),
          prices.cost(0, 0, 0, outputTokens(a)),
          taken(a) ? prices.requestPrice() : 0);
    }
  }
}
