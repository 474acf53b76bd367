package dev.candor.mock.audit;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an attempt.
 *
 * @param startNanos its arrival
 * @param endNanos its end, null: it is still under way
 * @param pause before it, null unless it is a {@link Origin#RETRY}
 * @param result null: it is still under way
 * @param tokens of its prompt, and of its answer so far as it was sent
 */
record AuditedAttempt(
    Origin origin,
    long startNanos,
    @Nullable Long endNanos,
    @Nullable Pause pause,
    @Nullable AttemptResult result,
    long tokens) {

  /** The same as the one that begins a call. */
  AuditedAttempt asFirst() {
    return new AuditedAttempt(Origin.FIRST, startNanos, endNanos, null, result, tokens);
  }

  /**
   * From an attempt's end to the next one's arrival.
   *
   * @param after how that attempt ended
   */
  record Pause(long nanos, AttemptResult after) {
    /** Timers may fire early by a millisecond or so, and wires differ by as much. */
    private static final long TOLERANCE_NANOS = 10_000_000;

    /** What the service asked for, null: nothing. */
    @Nullable Long askedNanos() {
      return switch (after) {
        case AttemptResult.Failed failed -> failed.retryAfterNanos();
        case AttemptResult.ClientGone _, AttemptResult.Succeeded _ -> null;
      };
    }

    boolean kept(long askedNanos) {
      return nanos + TOLERANCE_NANOS >= askedNanos;
    }

    /** Whether the client chose its length alone; one that kept to a wish is the service's too. */
    boolean chosen() {
      Long asked = askedNanos();
      return asked == null || !kept(asked);
    }
  }
}
