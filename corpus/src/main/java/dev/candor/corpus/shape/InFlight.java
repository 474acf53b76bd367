package dev.candor.corpus.shape;

import java.util.PriorityQueue;

/**
 * For how long how many requests were in flight, each from its arrival to its end. Arrivals come in
 * order. <b>For one thread.</b>
 */
final class InFlight {
  private final Counts levels = Counts.ofTokens();
  private final PriorityQueue<Long> ends = new PriorityQueue<>();
  private long now = Long.MIN_VALUE;

  void add(long atNanos, long endNanos) {
    advance(atNanos);
    ends.add(Math.max(atNanos, endNanos));
  }

  private void advance(long to) {
    while (!ends.isEmpty() && ends.element() <= to) {
      pass(ends.element());
      ends.remove();
    }
    if (now != Long.MIN_VALUE) {
      pass(to);
    }
    now = to;
  }

  private void pass(long to) {
    levels.add(ends.size(), to - now);
    now = to;
  }

  /** Levels weighted by time, up to the last end. */
  Counts levels() {
    while (!ends.isEmpty()) {
      pass(ends.element());
      ends.remove();
    }
    return levels;
  }
}
