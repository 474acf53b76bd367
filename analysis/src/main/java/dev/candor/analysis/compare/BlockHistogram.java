package dev.candor.analysis.compare;

import java.util.Arrays;

/**
 * Samples of a latency in nanoseconds, counted block by block in bins of 1/2,048 of their value or
 * less. Memory goes by the bins that are used. For one thread.
 */
final class BlockHistogram {
  private static final int DIGIT_BITS = 12;
  private static final long LINEAR = (1 << DIGIT_BITS) - 1;
  private static final int SMALLEST = 8;
  private static final int MIX = 0x9E3779B9;

  /**
   * Of each block a table by open addressing: a bin and its count, a count of 0 is a free place.
   */
  private final int[][] bins;

  private final int[][] counts;
  private final int[] used;
  private final double[] sums;
  private final long[] totals;

  BlockHistogram(int blocks) {
    bins = new int[blocks][];
    counts = new int[blocks][];
    used = new int[blocks];
    sums = new double[blocks];
    totals = new long[blocks];
    Arrays.fill(bins, new int[0]);
    Arrays.fill(counts, new int[0]);
  }

  void add(int block, long nanos, int count) {
    long value = Math.max(0, nanos);
    if (4 * used[block] >= 3 * counts[block].length) {
      grow(block);
    }
    put(block, bin(value), count);
    sums[block] += (double) value * count;
    totals[block] += count;
  }

  private void put(int block, int bin, int count) {
    int[] table = counts[block];
    int mask = table.length - 1;
    int place = ((bin * MIX) >>> 8) & mask;
    while (table[place] != 0 && bins[block][place] != bin) {
      place = (place + 1) & mask;
    }
    if (table[place] == 0) {
      bins[block][place] = bin;
      used[block]++;
    }
    table[place] += count;
  }

  private void grow(int block) {
    int[] oldBins = bins[block];
    int[] oldCounts = counts[block];
    int size = Math.max(SMALLEST, 2 * oldCounts.length);
    bins[block] = new int[size];
    counts[block] = new int[size];
    used[block] = 0;
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] != 0) {
        put(block, oldBins[i], oldCounts[i]);
      }
    }
  }

  int blocks() {
    return totals.length;
  }

  double sum(int block) {
    return sums[block];
  }

  long total(int block) {
    return totals[block];
  }

  long total() {
    return Arrays.stream(totals).sum();
  }

  /** Hands over the bins of {@code block} that are used, in no order. */
  void forEach(int block, Bin consumer) {
    for (int i = 0; i < counts[block].length; i++) {
      if (counts[block][i] != 0) {
        consumer.accept(bins[block][i], counts[block][i]);
      }
    }
  }

  /** A bin and how many samples are in it. */
  interface Bin {
    void accept(int bin, int count);
  }

  private static int bin(long value) {
    int octave = Long.SIZE - DIGIT_BITS - Long.numberOfLeadingZeros(value | LINEAR);
    return (octave << (DIGIT_BITS - 1)) + (int) (value >>> octave);
  }

  /** The lowest value of {@code bin}; its highest is below the lowest of the next. */
  static double lowest(int bin) {
    int octave = Math.max(0, (bin >> (DIGIT_BITS - 1)) - 1);
    return (double) ((long) (bin - (octave << (DIGIT_BITS - 1))) << octave);
  }
}
