package dev.candor.analysis.cost;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why no user saw the answer of an attempt. Every attempt that did not complete has one cause, so
 * that the causes add up to all that was wasted.
 */
public enum WasteCause {
  /** It took longer than the client waits. */
  TIMEOUT,
  /** Its user left. */
  ABANDONMENT,
  /** The connection was not made, or broke, or the answer ended before its end. */
  DISCONNECT,
  /** What came was no answer. */
  MALFORMED,
  /** The server said no: a status, or an error amid the answer. */
  ERROR,
  /** The load generator cut it: its step or the run was over. */
  UNFINISHED,
  /** An attempt beyond its request's first that failed too, for whatever reason. */
  RETRY;

  /** The key in summary.json. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of {@code attempt}; null where a user had its answer, or it was never sent. */
  public static @Nullable WasteCause of(AttemptRecord attempt) {
    if (attempt.outcome() == Outcome.COMPLETED || neverTried(attempt)) {
      return null;
    }
    return attempt.attempt() > 1 ? RETRY : of(attempt.outcome());
  }

  /** Whether it is a request that was intended and not even begun. */
  static boolean neverTried(AttemptRecord attempt) {
    return attempt.sent() == AttemptRecord.NONE
        && (attempt.outcome() == Outcome.UNFINISHED || attempt.outcome() == Outcome.CANCELLED);
  }

  private static @Nullable WasteCause of(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> null;
      case TIMEOUT_CONNECT, TIMEOUT_HEADERS, TIMEOUT_FIRST_TOKEN, TIMEOUT_IDLE, TIMEOUT_TOTAL ->
          TIMEOUT;
      case ABANDONED -> ABANDONMENT;
      case NOT_RESOLVED, CONNECT_FAILED, TLS_FAILED, DISCONNECTED, TRUNCATED -> DISCONNECT;
      case MALFORMED, NOT_HTTP, OVERSIZED, COMPRESSED, EMPTY_ANSWER, WRONG_LENGTH -> MALFORMED;
      case RATE_LIMITED, SERVER_ERROR, UNAUTHORIZED, NOT_FOUND, REJECTED, ERROR_FRAME -> ERROR;
      case CANCELLED, UNFINISHED -> UNFINISHED;
    };
  }
}
