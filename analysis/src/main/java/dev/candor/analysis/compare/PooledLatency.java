package dev.candor.analysis.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A latency of the same phase in one or more runs, ready to be added up again and again with other
 * weights of its blocks. For one thread.
 */
final class PooledLatency {
  private static final double NANOS_PER_MILLI = 1e6;

  private final int[] bins;

  /** Of each run and block the places of its bins in {@link #bins}, and their counts. */
  private final List<int[][]> places = new ArrayList<>();

  private final List<int[][]> counts = new ArrayList<>();
  private final List<BlockHistogram> runs;

  /** What was added up last. */
  private final long[] sum;

  private long total;
  private double nanos;

  PooledLatency(List<BlockHistogram> runs) {
    this.runs = runs;
    bins =
        runs.stream()
            .flatMapToInt(
                run -> {
                  int[][] all = new int[run.blocks()][];
                  for (int block = 0; block < all.length; block++) {
                    all[block] = binsOf(run, block);
                  }
                  return Arrays.stream(all).flatMapToInt(Arrays::stream);
                })
            .distinct()
            .sorted()
            .toArray();
    sum = new long[bins.length];
    for (BlockHistogram run : runs) {
      int[][] runPlaces = new int[run.blocks()][];
      int[][] runCounts = new int[run.blocks()][];
      for (int block = 0; block < runPlaces.length; block++) {
        freeze(run, block, runPlaces, runCounts);
      }
      places.add(runPlaces);
      counts.add(runCounts);
    }
  }

  private static int[] binsOf(BlockHistogram run, int block) {
    int[] found = new int[(int) Math.min(run.total(block), Integer.MAX_VALUE)];
    int[] next = {0};
    run.forEach(block, (bin, _) -> found[next[0]++] = bin);
    return Arrays.copyOf(found, next[0]);
  }

  private void freeze(BlockHistogram run, int block, int[][] runPlaces, int[][] runCounts) {
    int[] used = binsOf(run, block);
    int[] at = new int[used.length];
    int[] many = new int[used.length];
    int[] next = {0};
    run.forEach(
        block,
        (bin, count) -> {
          at[next[0]] = Arrays.binarySearch(bins, bin);
          many[next[0]++] = count;
        });
    runPlaces[block] = at;
    runCounts[block] = many;
  }

  /** Adds it all up, each block as often as {@code weights} says, run by run. */
  void addUp(int[][] weights) {
    Arrays.fill(sum, 0);
    total = 0;
    nanos = 0;
    for (int run = 0; run < runs.size(); run++) {
      int[][] runPlaces = places.get(run);
      int[][] runCounts = counts.get(run);
      for (int block = 0; block < runPlaces.length; block++) {
        int weight = weights[run][block];
        if (weight != 0) {
          addUp(runPlaces[block], runCounts[block], weight);
          total += weight * runs.get(run).total(block);
          nanos += weight * runs.get(run).sum(block);
        }
      }
    }
    for (int i = 1; i < sum.length; i++) {
      sum[i] += sum[i - 1];
    }
  }

  private void addUp(int[] at, int[] many, long weight) {
    for (int i = 0; i < at.length; i++) {
      sum[at[i]] += weight * many[i];
    }
  }

  /** Samples of what was added up last. */
  long total() {
    return total;
  }

  /** Milliseconds; not a number where there is no sample. */
  double mean() {
    return total == 0 ? Double.NaN : nanos / total / NANOS_PER_MILLI;
  }

  /**
   * Milliseconds, in a bin by how far the rank is in it: a figure that moves as its samples do, not
   * from bin to bin. Not a number where there is no sample.
   */
  double quantile(double q) {
    if (total == 0) {
      return Double.NaN;
    }
    double rank = Math.max(q * total, 0.5);
    int low = 0;
    int high = sum.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sum[middle] >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    double before = low == 0 ? 0 : sum[low - 1];
    double within = (rank - before) / (sum[low] - before);
    double from = BlockHistogram.lowest(bins[low]);
    double to = BlockHistogram.lowest(bins[low] + 1);
    return (from + within * (to - from)) / NANOS_PER_MILLI;
  }
}
