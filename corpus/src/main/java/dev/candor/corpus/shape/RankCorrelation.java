package dev.candor.corpus.shape;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Spearman's rank correlation of two quantities (C. Spearman, "The proof and measurement of
 * association between two things", 1904): Pearson's of their ranks, equal values sharing the mean
 * of theirs. Exact up to 65,536 pairs, of an even sample of them beyond. <b>For one thread.</b>
 */
final class RankCorrelation {
  private static final int MOST = 1 << 16;

  private final RandomGenerator random = new Seed(0).derive("rank correlation").stream();
  private int[] first = new int[256];
  private int[] second = new int[256];
  private int kept;
  private long seen;

  void add(int x, int y) {
    seen++;
    if (kept < MOST) {
      if (kept == first.length) {
        first = Arrays.copyOf(first, 2 * kept);
        second = Arrays.copyOf(second, 2 * kept);
      }
      first[kept] = x;
      second[kept++] = y;
      return;
    }
    // Algorithm R: J. Vitter, "Random sampling with a reservoir", 1985.
    long place = random.nextLong(seen);
    if (place < MOST) {
      first[(int) place] = x;
      second[(int) place] = y;
    }
  }

  /** From −1 to 1; none where either quantity is always the same. */
  OptionalDouble coefficient() {
    double[] x = ranks(first);
    double[] y = ranks(second);
    double mean = (kept + 1) / 2.0;
    double both = 0;
    double ofX = 0;
    double ofY = 0;
    for (int i = 0; i < kept; i++) {
      both += (x[i] - mean) * (y[i] - mean);
      ofX += (x[i] - mean) * (x[i] - mean);
      ofY += (y[i] - mean) * (y[i] - mean);
    }
    return ofX == 0 || ofY == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(both / Math.sqrt(ofX * ofY));
  }

  private double[] ranks(int[] values) {
    long[] sorted = new long[kept];
    for (int i = 0; i < kept; i++) {
      sorted[i] = (long) values[i] << 32 | i;
    }
    Arrays.sort(sorted);
    double[] ranks = new double[kept];
    for (int from = 0; from < kept; ) {
      int to = from;
      while (to < kept && sorted[to] >> 32 == sorted[from] >> 32) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[(int) sorted[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
