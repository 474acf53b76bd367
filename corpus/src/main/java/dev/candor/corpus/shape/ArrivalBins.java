package dev.candor.corpus.shape;

import java.util.Arrays;

/**
 * Arrivals counted into at most 256 equal bins, whose width doubles as time goes on. <b>For one
 * thread.</b>
 */
final class ArrivalBins {
  private static final int BINS = 256;

  private final long[] counts = new long[BINS];
  private long widthNanos = 1_000_000;
  private long first = -1;
  private long last;

  void add(long atNanos) {
    if (first < 0) {
      first = atNanos;
    }
    last = atNanos - first;
    while (last / widthNanos >= BINS) {
      for (int i = 0; i < BINS / 2; i++) {
        counts[i] = counts[2 * i] + counts[2 * i + 1];
      }
      Arrays.fill(counts, BINS / 2, BINS, 0);
      widthNanos *= 2;
    }
    counts[(int) (last / widthNanos)]++;
  }

  /** Counts from the first arrival to the last; none without one. */
  long[] counts() {
    return first < 0 ? new long[0] : Arrays.copyOf(counts, (int) (last / widthNanos) + 1);
  }
}
