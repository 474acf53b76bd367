package dev.candor.app.run;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Notices a target that cannot be tested at all: the first attempts all fail in a way that more of
 * them would not change. Sending on would measure nothing. <b>Added to by the writer's thread.</b>
 */
final class EarlyFailure {
  private static final int ENOUGH = 10;

  private int failures;
  private boolean hopeful;
  private volatile @Nullable String message;

  /** Counts an attempt; true once, when the run should be stopped. */
  boolean add(AttemptRecord attempt) {
    if (hopeful || message != null || attempt.outcome() == Outcome.CANCELLED) {
      return false;
    }
    if (!isHopeless(attempt.outcome())) {
      hopeful = true;
      return false;
    }
    failures++;
    if (failures < ENOUGH) {
      return false;
    }
    message =
        "stopped early: the first %d attempts all ended as %s (%s)"
            .formatted(failures, attempt.outcome().key(), attempt.error());
    return true;
  }

  /** Why the run was stopped, or null. */
  @Nullable String message() {
    return message;
  }

  private static boolean isHopeless(Outcome outcome) {
    return switch (outcome) {
      case UNAUTHORIZED,
          NOT_FOUND,
          REJECTED,
          NOT_RESOLVED,
          CONNECT_FAILED,
          TLS_FAILED,
          MALFORMED,
          NOT_HTTP,
          OVERSIZED,
          COMPRESSED ->
          true;
      case COMPLETED,
          RATE_LIMITED,
          SERVER_ERROR,
          TIMEOUT_CONNECT,
          TIMEOUT_HEADERS,
          TIMEOUT_FIRST_TOKEN,
          TIMEOUT_IDLE,
          TIMEOUT_TOTAL,
          DISCONNECTED,
          TRUNCATED,
          ERROR_FRAME,
          EMPTY_ANSWER,
          WRONG_LENGTH,
          ABANDONED,
          CANCELLED,
          UNFINISHED ->
          false;
    };
  }
}
