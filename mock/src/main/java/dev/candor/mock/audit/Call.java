package dev.candor.mock.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the application wanted once, and its attempts at it. Guarded by {@link #lock}. */
final class Call {
  /** Beyond, a new call begins, so that one that is retried for ever does not fill the memory. */
  static final int MOST_ATTEMPTS = 1_000;

  /** After a rest as long as this, the same request is a new call. */
  static final long REST_NANOS = 600_000_000_000L;

  final Object lock;
  final long fingerprint;
  private final List<Attempt> attempts = new ArrayList<>(1);
  private @Nullable Attempt lastEnded;
  private int underWay;
  private boolean succeeded;

  Call(Object lock, long fingerprint) {
    this.lock = lock;
    this.fingerprint = fingerprint;
  }

  /** Whether a request of the same fingerprint is another attempt of this call. */
  boolean continuesWith(CallKey key, long nanos) {
    if (attempts.size() == MOST_ATTEMPTS) {
      return false;
    }
    if (key.named()) {
      return true;
    }
    boolean rested =
        underWay == 0 && lastEnded != null && nanos - lastEnded.endNanos() > REST_NANOS;
    return !rested && (!succeeded || key.repeat());
  }

  Attempt begin(long nanos, int promptTokens) {
    Origin origin = nextOrigin();
    Attempt previous = origin == Origin.RETRY ? lastEnded : null;
    Attempt attempt = new Attempt(this, origin, nanos, previous, promptTokens);
    attempts.add(attempt);
    underWay++;
    return attempt;
  }

  private Origin nextOrigin() {
    if (attempts.isEmpty()) {
      return Origin.FIRST;
    }
    if (succeeded) {
      return Origin.REPEAT;
    }
    return underWay > 0 ? Origin.HEDGE : Origin.RETRY;
  }

  void ended(Attempt attempt, AttemptResult result) {
    underWay--;
    lastEnded = attempt;
    succeeded |= result instanceof AttemptResult.Succeeded;
  }

  int attempts() {
    return attempts.size();
  }

  List<AuditedAttempt> audited() {
    return attempts.stream().map(Attempt::audited).toList();
  }
}
