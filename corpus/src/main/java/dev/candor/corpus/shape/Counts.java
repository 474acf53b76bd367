package dev.candor.corpus.shape;

import java.util.Arrays;

/**
 * Counts values of at least 0 into an {@link EmpiricalDistribution}, in memory bounded by their
 * range and not their number. <b>For one thread.</b>
 */
final class Counts {
  /*
   * Values below 2^exactBits have a cell each. Above, those that share their leading exactBits bits
   * share one, and become their mean: an error of less than 2^(1 - exactBits) of the value. That is
   * what HdrHistogram does, but sparse, and finer than a distance between two traces needs.
   */
  private final int exactBits;
  private long[] keys = new long[64];
  private long[] weights = new long[64];
  private double[] sums = new double[64];
  private int used;
  private long total;
  private double sum;

  private Counts(int exactBits) {
    this.exactBits = exactBits;
  }

  /** For token counts: exact below 65,536, and within 0.003 % above. */
  static Counts ofTokens() {
    return new Counts(16);
  }

  /** For times in nanoseconds: within 0.05 %. */
  static Counts ofNanos() {
    return new Counts(12);
  }

  void add(long value) {
    add(value, 1);
  }

  /** Counts {@code value} as {@code weight} values. */
  void add(long value, long weight) {
    if (weight == 0) {
      return;
    }
    total += weight;
    sum += (double) value * weight;
    long key = cell(value) + 1;
    int slot = slot(keys, key);
    if (keys[slot] == 0) {
      if (2 * (used + 1) > keys.length) {
        grow();
        slot = slot(keys, key);
      }
      keys[slot] = key;
      used++;
    }
    weights[slot] += weight;
    sums[slot] += (double) value * weight;
  }

  private long cell(long value) {
    int drop = 64 - Long.numberOfLeadingZeros(value) - exactBits;
    return drop <= 0 ? value : value >>> drop << drop;
  }

  private static int slot(long[] keys, long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldWeights = weights;
    double[] oldSums = sums;
    keys = new long[2 * oldKeys.length];
    weights = new long[2 * oldKeys.length];
    sums = new double[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(keys, oldKeys[i]);
        keys[slot] = oldKeys[i];
        weights[slot] = oldWeights[i];
        sums[slot] = oldSums[i];
      }
    }
  }

  long total() {
    return total;
  }

  /** What was counted, at least one value. */
  EmpiricalDistribution distribution() {
    long[] sorted = Arrays.stream(keys).filter(key -> key != 0).sorted().toArray();
    double[] values = new double[sorted.length];
    long[] cumulative = new long[sorted.length];
    long below = 0;
    for (int i = 0; i < sorted.length; i++) {
      int slot = slot(keys, sorted[i]);
      below += weights[slot];
      values[i] = sums[slot] / weights[slot];
      cumulative[i] = below;
    }
    return new EmpiricalDistribution(values, cumulative, sum / total);
  }
}
