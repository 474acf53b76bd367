package dev.candor.mock.audit;

import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface AttemptResult {

  /** The whole answer was sent. */
  record Succeeded() implements AttemptResult {}

  /**
   * The client went away before the end: a timeout of its own, a cancelled hedge, a stop button.
   */
  record ClientGone() implements AttemptResult {}

  /**
   * The service failed it.
   *
   * @param reason a status or a fault's name: {@code 429}, {@code reset}
   * @param retryAfterNanos what the client was asked to wait, null: nothing
   * @param retryable whether trying again may help
   */
  record Failed(String reason, @Nullable Long retryAfterNanos, boolean retryable)
      implements AttemptResult {

    /** With a status; 408, 409, 429 and 5xx are retryable, as the SDKs of the providers have it. */
    public static Failed status(int status, @Nullable Long retryAfterNanos) {
      boolean retryable = status == 408 || status == 409 || status == 429 || status >= 500;
      return new Failed(Integer.toString(status), retryAfterNanos, retryable);
    }

    /** Without an answer, or in the midst of one. */
    public static Failed fault(String name) {
      return new Failed(name, null, true);
    }
  }
}
