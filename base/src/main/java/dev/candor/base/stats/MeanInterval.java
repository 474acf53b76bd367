package dev.candor.base.stats;

import java.util.List;

/**
 * A mean of independent values, and where the true one lies with 95 % confidence, by Student's t.
 *
 * @param low where there are fewer than two values, the mean
 */
public record MeanInterval(double mean, double low, double high) {
  /** The 97.5 % quantiles of Student's t with 1, 2, … degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double Z = 1.959964;

  /** Of {@code values}, of which there is at least one. */
  public static MeanInterval of(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    if (values.size() < 2) {
      return new MeanInterval(mean, mean, mean);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    int freedom = values.size() - 1;
    double half = quantile(freedom) * Math.sqrt(squares / freedom / values.size());
    return new MeanInterval(mean, mean - half, mean + half);
  }

  /** Beyond the table Peiser's first term, right to 0.1 %. */
  static double quantile(int freedom) {
    return freedom <= T.length ? T[freedom - 1] : Z + (Z * Z * Z + Z) / (4 * freedom);
  }
}
