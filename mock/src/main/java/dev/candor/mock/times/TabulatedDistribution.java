package dev.candor.mock.times;

import dev.candor.base.stats.Distribution;

/** Quantiles looked up: an inverse gamma costs microseconds, and every token draws one. */
public final class TabulatedDistribution {
  private static final int POINTS = 4096;

  private TabulatedDistribution() {}

  /** The same distribution, quick to draw from; its tails are cut off at 1e-5. */
  public static Distribution of(Distribution exact) {
    return switch (exact) {
      case Distribution.Gamma gamma -> table(gamma);
      case Distribution.Normal normal -> table(normal);
      case Distribution.Constant constant -> constant;
      case Distribution.Uniform uniform -> uniform;
      case Distribution.LogNormal logNormal -> logNormal;
      case Distribution.Exponential exponential -> exponential;
      case Distribution.Percentiles percentiles -> percentiles;
    };
  }

  /** Cut off at the 1e-5 and 1 − 1e-5 quantiles; linear between 4,096 points. */
  private static Distribution table(Distribution exact) {
    double[] shares = new double[POINTS];
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      shares[i] = (double) i / (POINTS - 1);
      values[i] = exact.quantile(Math.clamp(shares[i], 1e-5, 1 - 1e-5));
    }
    return new Distribution.Percentiles(shares, values);
  }
}
