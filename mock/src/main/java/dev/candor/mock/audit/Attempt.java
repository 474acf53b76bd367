package dev.candor.mock.audit;

import dev.candor.mock.audit.AuditedAttempt.Pause;
import org.jspecify.annotations.Nullable;

/** One request, from its arrival to its end. Thread-safe. */
public final class Attempt {
  private final Call call;
  private final Origin origin;
  private final long startNanos;
  private final @Nullable Pause pause;
  private final int promptTokens;

  private long endNanos;
  private int outputTokens;
  private @Nullable AttemptResult result;

  Attempt(Call call, Origin origin, long startNanos, @Nullable Attempt previous, int promptTokens) {
    this.call = call;
    this.origin = origin;
    this.startNanos = startNanos;
    this.promptTokens = promptTokens;
    this.pause =
        previous == null || previous.result == null
            ? null
            : new Pause(Math.max(0, startNanos - previous.endNanos), previous.result);
  }

  /**
   * Tells how it ended; a second time does nothing.
   *
   * @param outputTokens that were sent
   */
  public void end(AttemptResult result, long nanos, int outputTokens) {
    synchronized (call.lock) {
      if (this.result == null) {
        this.result = result;
        this.endNanos = nanos;
        this.outputTokens = outputTokens;
        call.ended(this, result);
      }
    }
  }

  long endNanos() {
    return endNanos;
  }

  AuditedAttempt audited() {
    return new AuditedAttempt(
        origin,
        startNanos,
        result == null ? null : endNanos,
        pause,
        result,
        (long) promptTokens + outputTokens);
  }
}
