package dev.candor.workload.arrival;

/** A rate over time, piece after piece without an end. <b>For one thread.</b> */
@FunctionalInterface
interface RatePieces {

  Piece next();

  /** A stretch of time over which the rate changes in a straight line. */
  record Piece(double seconds, double fromPerSecond, double toPerSecond) {

    /** The expected number of arrivals in it. */
    double expected() {
      return (fromPerSecond + toPerSecond) / 2 * seconds;
    }

    /** When, in seconds from its start, {@code expected} arrivals are to be expected. */
    double secondsUntil(double expected) {
      if (expected == 0) {
        return 0;
      }
      double slope = (toPerSecond - fromPerSecond) / seconds;
      if (slope == 0) {
        return expected / fromPerSecond;
      }
      double root = fromPerSecond * fromPerSecond + 2 * slope * expected;
      // The form without cancellation where the slope is small; below 0 by rounding alone.
      return 2 * expected / (fromPerSecond + Math.sqrt(Math.max(0, root)));
    }
  }
}
