package dev.candor.base.stats;

import dev.candor.base.random.Seed;
import java.util.random.RandomGenerator;

/** Series whose truth is known. */
final class Series {
  private Series() {}

  /** 7919·i mod 101, a tenth of it: looks random, and needs no generator to be written down. */
  static double scattered(int i) {
    return (i * 7919L % 101) / 10.0;
  }

  /** A stationary AR(1) process of unit innovations; white noise at {@code phi} 0. */
  static double[] autoregressive(long seed, int n, double phi) {
    RandomGenerator random = new Seed(seed).derive("ar").stream();
    double[] series = new double[n];
    double value = random.nextGaussian() / Math.sqrt(1 - phi * phi);
    for (int i = 0; i < n; i++) {
      series[i] = value;
      value = phi * value + random.nextGaussian();
    }
    return series;
  }

  /** 0, 1, 2, … */
  static double[] steps(int n) {
    double[] steps = new double[n];
    for (int i = 0; i < n; i++) {
      steps[i] = i;
    }
    return steps;
  }
}
