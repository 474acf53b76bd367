package dev.candor.corpus.sample;

import java.util.Arrays;

/**
 * How far a sample's distribution of one length is from the whole's, kept up to date as units come
 * and go. <b>For one thread.</b>
 */
final class Balance {
  /*
   * The axis of ranks is cut into bins. For every cut, `excess` is how many requests the sample has
   * below it beyond its share; their squares summed up are what a sample should make small (the
   * Cramér–von Mises statistic, but for a factor). Cuts lie half a request beside the places of
   * percentiles, so that a sample without excess has the whole's percentiles.
   */
  private final int[] weights;
  private final int[] bins;
  private final double[] excess;

  /**
   * @param values of each unit
   * @param weights requests of each unit
   * @param wanted requests in the sample
   * @param cuts how many
   */
  Balance(int[] values, int[] weights, double wanted, int cuts) {
    this.weights = weights;
    this.bins = new int[values.length];
    this.excess = new double[cuts + 1];
    long all = Arrays.stream(weights).asLongStream().sum();
    long below = 0;
    for (int unit : Units.ranked(values)) {
      double rank = (below + weights[unit] / 2.0) / all;
      bins[unit] = (int) (rank * cuts + 0.5);
      below += weights[unit];
    }
    for (int cut = 0; cut <= cuts; cut++) {
      excess[cut] = -wanted * cut / cuts;
    }
  }

  void add(int unit) {
    shift(bins[unit], excess.length, weights[unit]);
  }

  /** Puts {@code in} in {@code out}'s place. */
  void replace(int out, int in) {
    shift(bins[out], excess.length, -weights[out]);
    add(in);
  }

  private void shift(int from, int to, double by) {
    for (int i = from; i < to; i++) {
      excess[i] += by;
    }
  }

  /** What {@link #replace} would add to the sum of squares. */
  double costOf(int out, int in) {
    int from = Math.min(bins[out], bins[in]);
    int to = Math.max(bins[out], bins[in]);
    double between = bins[out] < bins[in] ? -weights[out] : weights[in];
    double beyond = weights[in] - weights[out];
    double cost = cost(from, to, between);
    return beyond == 0 ? cost : cost + cost(to, excess.length, beyond);
  }

  private double cost(int from, int to, double by) {
    double cost = 0;
    for (int i = from; i < to; i++) {
      cost += by * (by + 2 * excess[i]);
    }
    return cost;
  }
}
