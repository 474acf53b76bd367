package dev.candor.analysis.server;

import java.util.Arrays;

/**
 * A bucket's count at some instants that are known beforehand, as {@link Track} would have it:
 * there are too many buckets to keep all their readings.
 */
final class BucketCounter {
  private final long[] instants;
  private final double[] counts;
  private int settled;
  private boolean told;
  private long lastNanos;
  private double lastTold;
  private double last;

  /**
   * @param instants in order
   */
  BucketCounter(long[] instants) {
    this.instants = instants;
    counts = new double[instants.length];
  }

  void add(long nanos, double count) {
    double value = told ? last + (count >= lastTold ? count - lastTold : count) : count;
    for (; settled < instants.length && instants[settled] <= nanos; settled++) {
      double share =
          told ? (double) (instants[settled] - lastNanos) / Math.max(1, nanos - lastNanos) : 1;
      counts[settled] = (told ? last : value) + share * (told ? value - last : 0);
    }
    told = true;
    lastNanos = nanos;
    lastTold = count;
    last = value;
  }

  /** By how much it grew between two of the instants. */
  double growth(long from, long to) {
    return at(to) - at(from);
  }

  private double at(long instant) {
    int index = Arrays.binarySearch(instants, instant);
    return index < settled ? counts[index] : last;
  }
}
