package dev.candor.base.time;

import java.time.Instant;

/** Reads monotonic and wall time. Safe for use by any thread. */
public interface Clock {

  /** The machine's clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }

  /** Monotonic nanoseconds from an arbitrary origin; only differences have a meaning. */
  long nanoTime();

  /** Calendar time, for labels only: never subtract two of these. */
  Instant wallTime();
}
