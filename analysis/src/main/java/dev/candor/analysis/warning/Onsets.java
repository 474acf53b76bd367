package dev.candor.analysis.warning;

import dev.candor.base.stats.Median;
import java.util.Arrays;

/** Where a series of seconds rises for good. Unknown values are NaN. Pure functions. */
final class Onsets {
  /*
   * A series that is held against good times elsewhere rises where it exceeds their highest level
   * in three of five seconds. One that has only itself is split where the ranks before and after
   * differ most, if that is no chance (Pettitt, "A non-parametric approach to the change-point
   * problem", Applied Statistics 28(2), 1979) and enough to matter, and its earlier part again, up
   * to the first such split.
   */
  private static final int OF = 5;
  private static final int SUSTAINED = 3;
  private static final double CHANCE = 0.001;
  private static final int LEAST_SIDE = 3;

  private Onsets() {}

  /** The first index from which three of five hold, itself among them; -1 without one. */
  static int sustained(boolean[] holds) {
    for (int i = 0; i < holds.length; i++) {
      int held = 0;
      for (int j = i; j < Math.min(i + OF, holds.length); j++) {
        held += holds[j] ? 1 : 0;
      }
      if (holds[i] && held >= SUSTAINED) {
        return i;
      }
    }
    return -1;
  }

  /** The first index from which {@code values} are above {@code level}; -1 without one. */
  static int above(double[] values, double level) {
    int[] known = known(values);
    boolean[] holds = new boolean[known.length];
    for (int i = 0; i < known.length; i++) {
      holds[i] = values[known[i]] > level;
    }
    int first = sustained(holds);
    return first < 0 ? -1 : known[first];
  }

  /** The first index of the first upward shift of {@code signal}'s values; -1 without one. */
  static int shift(Signal signal, double[] values) {
    int[] known = known(values);
    double[] series = Arrays.stream(known).mapToDouble(i -> values[i]).toArray();
    int found = -1;
    int length = series.length;
    while (length >= 2 * LEAST_SIDE) {
      int split = split(signal, Arrays.copyOf(series, length));
      if (split < 0) {
        break;
      }
      found = split;
      length = split;
    }
    return found < 0 ? -1 : known[begin(signal, series, found)];
  }

  /** The ranks of a slow rise are split in its middle: back to where it was too high already. */
  private static int begin(Signal signal, double[] series, int split) {
    double[] before = Arrays.copyOf(series, split);
    double middle = Median.of(before);
    double high = Math.max(signal.above(middle), middle + 3 * Median.spread(before));
    int begin = split;
    while (begin > 1 && series[begin - 1] >= high) {
      begin--;
    }
    return begin;
  }

  private static int split(Signal signal, double[] series) {
    int n = series.length;
    double[] ranks = ranks(series);
    double sum = 0;
    double largest = 0;
    double clearest = 0;
    int split = -1;
    for (int k = 1; k < n; k++) {
      sum += ranks[k - 1];
      // Positive where what comes from k on is larger.
      double u = k * (n + 1.0) - 2 * sum;
      largest = Math.max(largest, u);
      // Over its standard deviation, so that a split far from the middle is no less likely.
      double clear = u / Math.sqrt(k * (double) (n - k));
      if (clear > clearest && k >= LEAST_SIDE && n - k >= LEAST_SIDE) {
        clearest = clear;
        split = k;
      }
    }
    double p = 2 * Math.exp(-6 * largest * largest / (Math.pow(n, 3) + Math.pow(n, 2)));
    if (split < 0 || p > CHANCE) {
      return -1;
    }
    double before = Median.of(Arrays.copyOfRange(series, 0, split));
    double after = Median.of(Arrays.copyOfRange(series, split, n));
    return after >= signal.above(before) ? split : -1;
  }

  private static double[] ranks(double[] series) {
    Integer[] order = new Integer[series.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(series[a], series[b]));
    double[] ranks = new double[series.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && series[order[to]] == series[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static int[] known(double[] values) {
    int[] known = new int[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        known[count++] = i;
      }
    }
    return Arrays.copyOf(known, count);
  }
}
