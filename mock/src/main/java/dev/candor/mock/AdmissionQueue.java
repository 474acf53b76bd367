package dev.candor.mock;

import java.util.ArrayDeque;

/**
 * Lets a limited number be served at once, the others in order. <b>For the mock's event loop.</b>
 */
final class AdmissionQueue {
  private final int limit;
  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
  private int serving;

  /** One who wants to be served. */
  interface Waiter {
    /** Whether it still does. */
    boolean waits();

    void serve();
  }

  /**
   * @param limit 0: none
   */
  AdmissionQueue(int limit) {
    this.limit = limit;
  }

  boolean limits() {
    return limit > 0;
  }

  /** Serves now or later; each service is to be followed by one {@link #release}. */
  void admit(Waiter waiter) {
    if (limit > 0 && serving >= limit) {
      waiting.add(waiter);
    } else {
      serving++;
      waiter.serve();
    }
  }

  void release() {
    serving--;
    for (Waiter next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next.waits()) {
        serving++;
        next.serve();
        return;
      }
    }
  }

  int waiting() {
    return waiting.size();
  }
}
