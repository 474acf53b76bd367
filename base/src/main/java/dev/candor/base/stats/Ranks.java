package dev.candor.base.stats;

import java.util.Arrays;

/** Ranks of a sample, equal values sharing the mean of theirs. */
final class Ranks {
  private Ranks() {}

  /** From 1 to n, in the values' order. */
  static double[] of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = first(sorted, values[i]);
      int upTo = first(sorted, Math.nextUp(values[i]));
      ranks[i] = (below + 1 + upTo) / 2.0;
    }
    return ranks;
  }

  /**
   * Σ t(t − 1)(2t + 5) over the groups of t equal values: what ties take from Kendall's 18·Var S.
   */
  static double tied(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = first(sorted, Math.nextUp(sorted[from]));
      double t = to - from;
      sum += t * (t - 1) * (2 * t + 5);
      from = to;
    }
    return sum;
  }

  /** How many are smaller than {@code value}. */
  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
