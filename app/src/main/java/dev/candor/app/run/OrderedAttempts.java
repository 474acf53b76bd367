package dev.candor.app.run;

import dev.candor.record.AttemptRecord;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Puts attempts, which end in any order, into that of intent and, of equals, of number and try: the
 * order in which a run is added up. Holds those that others may still come before. For one thread.
 */
final class OrderedAttempts {
  private final PriorityQueue<AttemptRecord> held = new PriorityQueue<>(OrderedAttempts::compare);

  private static int compare(AttemptRecord a, AttemptRecord b) {
    int byIntent = Long.compare(a.intended(), b.intended());
    if (byIntent != 0) {
      return byIntent;
    }
    int byRequest = Long.compare(a.request(), b.request());
    return byRequest != 0 ? byRequest : Integer.compare(a.attempt(), b.attempt());
  }

  void add(AttemptRecord attempt) {
    held.add(attempt);
  }

  /** Hands over those that were intended before {@code nanos}, before which nothing will come. */
  void release(long nanos, Consumer<AttemptRecord> to) {
    for (AttemptRecord first = held.peek();
        first != null && first.intended() < nanos;
        first = held.peek()) {
      to.accept(held.remove());
    }
  }

  /** Hands over all. */
  void releaseAll(Consumer<AttemptRecord> to) {
    release(Long.MAX_VALUE, to);
  }
}
