package dev.candor.engine.cluster;

import java.util.PriorityQueue;

/**
 * The cluster's time, and what is to be done at instants; at one instant, in the order of entry.
 * <b>For one thread.</b>
 */
final class Agenda {
  private static final long END_OF_TIME = Long.MAX_VALUE - 1;

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long entered;
  private long now;

  Agenda(long startNanos) {
    now = startNanos;
  }

  long nowNanos() {
    return now;
  }

  /** Time never goes back. */
  void reach(long nanos) {
    now = Math.max(now, nanos);
  }

  void at(long nanos, Runnable action) {
    entries.add(new Entry(nanos, entered++, action));
  }

  /** As {@link #at}, {@code later} after {@code nanos}; never where that is beyond all time. */
  void after(long nanos, long later, Runnable action) {
    if (nanos <= END_OF_TIME - later) {
      at(nanos + later, action);
    }
  }

  /** {@code Long.MAX_VALUE} where there is nothing. */
  long nextNanos() {
    Entry first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.nanos;
  }

  void doNext() {
    Entry first = entries.remove();
    reach(first.nanos);
    first.action.run();
  }

  private record Entry(long nanos, long order, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
