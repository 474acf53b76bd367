package dev.candor.corpus.sample;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How far a sample's distribution of one quantity is from the whole's, kept up to date as units
 * come and go. <b>For one thread.</b>
 */
final class Balance {
  /*
   * The axis of values is cut about as often as the sample has requests, and never between equal values.
   * For every cut, the excess is how many requests the sample has below it beyond its share; their
   * squares summed up are what a sample should make small (the Cramér–von Mises statistic, but for a
   * factor). The n-th smallest of a sample of N stands for the share n / N, so that half a request too
   * few below a cut is the best place to be: then the sample has the whole's percentiles. Cuts lie between
   * these places, and close to both sides of the percentiles that are looked at first, where they count
   * many times.
   *
   * Sums of excesses over a range come from two Fenwick trees ("A new data structure for cumulative
   * frequency tables", 1994): the sample's requests by bin, and the same times their bins.
   */
  private static final double[] LOOKED_AT = {0.5, 0.9, 0.99};
  private static final double KEY_WEIGHT = 50;

  /** The bins of each unit's requests, rising, one unit after the other. */
  private final int[] bins;

  private final int[] starts;

  /** Sums of what is wanted below the first so many cuts. */
  private final double[] wantedSums;

  /** Bins that a looked-at percentile is in. */
  private final int[] keys;

  private final long[] counts;
  private final long[] moments;

  /**
   * @param values of each request
   * @param wanted requests in the sample
   * @param mostCuts how many at most
   */
  Balance(Units units, int[] values, double wanted, int mostCuts) {
    int all = units.allRequests();
    int[] ranked = Units.ranked(values, all);
    int[] binOf = new int[all];
    double[] places = places(all, mostCuts);
    double[] sums = new double[places.length + 2];
    int cuts = 0;
    int place = 0;
    for (int rank = 0; rank < all; rank++) {
      binOf[ranked[rank]] = cuts;
      boolean last = rank + 1 == all;
      boolean due = place < places.length && rank + 1 >= places[place];
      if (last || (due && values[ranked[rank]] != values[ranked[rank + 1]])) {
        double below = wanted * (rank + 1) / all - (last ? 0 : 0.5);
        sums[cuts + 1] = sums[cuts] + below;
        cuts++;
        while (place < places.length && places[place] <= rank + 1) {
          place++;
        }
      }
    }
    this.wantedSums = Arrays.copyOf(sums, cuts + 1);
    this.counts = new long[cuts + 2];
    this.moments = new long[cuts + 2];
    this.keys =
        Arrays.stream(LOOKED_AT)
            .mapToInt(p -> binOf[ranked[Math.max(0, (int) Math.ceil(p * all) - 1)]])
            .toArray();
    this.starts = new int[units.count() + 1];
    this.bins = new int[all];
    for (int unit = 0; unit < units.count(); unit++) {
      int[] next = {starts[unit]};
      units.forEachRequest(unit, request -> bins[next[0]++] = binOf[request]);
      starts[unit + 1] = next[0];
      Arrays.sort(bins, starts[unit], next[0]);
    }
  }

  /** How many values are below each cut, were there no equal ones. */
  private static double[] places(int all, int most) {
    double step = (double) all / most;
    DoubleStream even = IntStream.range(0, most).mapToDouble(i -> (i + 0.5) * step);
    DoubleStream close =
        Arrays.stream(LOOKED_AT)
            .flatMap(p -> DoubleStream.of(p * all - step / 4, p * all + step / 4));
    return DoubleStream.concat(even, close).sorted().toArray();
  }

  void add(int unit) {
    count(unit, 1);
  }

  void remove(int unit) {
    count(unit, -1);
  }

  private void count(int unit, int by) {
    for (int i = starts[unit]; i < starts[unit + 1]; i++) {
      for (int at = bins[i] + 1; at < counts.length; at += at & -at) {
        counts[at] += by;
        moments[at] += (long) by * bins[i];
      }
    }
  }

  /** Sum of the excesses at the first {@code end} cuts; cut n lies above bin n. */
  private double excess(int end) {
    long requests = 0;
    long moment = 0;
    for (int at = end; at > 0; at -= at & -at) {
      requests += counts[at];
      moment += moments[at];
    }
    return (double) requests * end - moment - wantedSums[end];
  }

  /** What the sum of squares would grow by with {@code in} in {@code out}'s place. */
  double costOf(int out, int in) {
    int i = starts[out];
    int j = starts[in];
    int from = 0;
    int change = 0;
    double cost = 0;
    while (i < starts[out + 1] || j < starts[in + 1]) {
      int leaves = i < starts[out + 1] ? bins[i] : Integer.MAX_VALUE;
      int comes = j < starts[in + 1] ? bins[j] : Integer.MAX_VALUE;
      int to = Math.min(leaves, comes);
      cost += cost(change, from, to);
      from = to;
      if (leaves == to) {
        change--;
        i++;
      } else {
        change++;
        j++;
      }
    }
    return cost + cost(change, from, wantedSums.length - 1);
  }

  private double cost(int change, int from, int to) {
    if (change == 0 || from == to) {
      return 0;
    }
    double cost = change * (change * (double) (to - from) + 2 * (excess(to) - excess(from)));
    for (int key : keys) {
      for (int cut = Math.max(from, key - 1); cut < Math.min(to, key + 1); cut++) {
        cost += KEY_WEIGHT * change * (change + 2 * (excess(cut + 1) - excess(cut)));
      }
    }
    return cost;
  }
}
