package dev.candor.analysis;

import java.util.Arrays;

/**
 * Counts of values from 0 to {@code Long.MAX_VALUE} to 3 significant digits, in HdrHistogram's
 * buckets: 2,048 of width 1, then 1,024 an octave. Made for whole answers at a time, a nanosecond
 * or two a gap. For one thread.
 */
final class Counts {
  private static final int DIGIT_BITS = 11;
  private static final long LINEAR = (1 << DIGIT_BITS) - 1;
  private static final int LEAST = 16 << (DIGIT_BITS - 1);

  private long[] counts = new long[0];
  private long total;

  void add(long value, long count) {
    int index = index(value);
    if (index >= counts.length) {
      grow(index);
    }
    counts[index] += count;
    total += count;
  }

  /**
   * Adds the differences between neighbours in {@code instants}, from that behind {@code from} up
   * to {@code to}; below 0: 0.
   */
  void addGaps(long[] instants, int from, int to) {
    long[] own = counts;
    for (int i = from + 1; i < to; i++) {
      int index = index(Math.max(0, instants[i] - instants[i - 1]));
      if (index >= own.length) {
        grow(index);
        own = counts;
      }
      own[index]++;
    }
    total += Math.max(0, to - from - 1);
  }

  private void grow(int index) {
    counts = Arrays.copyOf(counts, Math.max(LEAST, ((index >> DIGIT_BITS) + 1) << DIGIT_BITS));
  }

  void add(Counts other) {
    if (other.counts.length > counts.length) {
      counts = Arrays.copyOf(counts, other.counts.length);
    }
    for (int i = 0; i < other.counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  long total() {
    return total;
  }

  /** The highest value of the bucket in which the {@code rank}-th value lies, from 1. */
  long atRank(long rank) {
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return highest(i);
      }
    }
    throw new IllegalArgumentException("rank %d of %d".formatted(rank, total));
  }

  /** How many lie in the buckets up to that of {@code value}. */
  long upTo(long value) {
    int last = Math.min(index(value), counts.length - 1);
    long sum = 0;
    for (int i = 0; i <= last; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private static int index(long value) {
    int octave = Long.SIZE - DIGIT_BITS - Long.numberOfLeadingZeros(value | LINEAR);
    return (octave << (DIGIT_BITS - 1)) + (int) (value >>> octave);
  }

  private static long highest(int index) {
    int octave = Math.max(0, (index >> (DIGIT_BITS - 1)) - 1);
    long first = (long) (index - (octave << (DIGIT_BITS - 1))) << octave;
    return first + (1L << octave) - 1;
  }
}
