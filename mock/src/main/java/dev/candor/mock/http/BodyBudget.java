package dev.candor.mock.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the bodies of all requests may hold together, until they are handed on.
 * Thread-safe.
 */
final class BodyBudget {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** False where there is no room: then nothing is taken. */
  boolean take(int bytes) {
    if (held.addAndGet(bytes) > limit) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(int bytes) {
    held.addAndGet(-bytes);
  }
}
