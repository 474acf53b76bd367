package dev.candor.analysis.foreign;

import java.util.Map;
import java.util.TreeMap;

/**
 * Values that weigh unequally; a quantile is the smallest value at which the weights summed so far
 * reach the share q of all: a step, never a value between two samples. For one thread.
 */
final class WeightedSamples implements Distribution {
  /** Distinct values that are kept; a further one joins the nearest that is not above it. */
  private static final int KEPT = 1 << 19;

  private final Moments moments = new Moments();
  private final TreeMap<Double, Double> weights = new TreeMap<>();

  /** A value without weight is none. */
  void add(double value, double weight) {
    if (weight > 0) {
      moments.add(value, weight);
      Double below = weights.size() < KEPT ? null : weights.floorKey(value);
      weights.merge(below == null ? value : below, weight, Double::sum);
    }
  }

  @Override
  public Moments moments() {
    return moments;
  }

  @Override
  public double quantile(double q) {
    double reached = 0;
    for (Map.Entry<Double, Double> step : weights.entrySet()) {
      reached += step.getValue() / moments.weight();
      if (reached >= q) {
        return step.getKey();
      }
    }
    return max();
  }
}
