package dev.candor.base.stats;

import java.util.Arrays;

/** How much neighbours of a series tell of each other. Pure functions. */
final class Autocorrelation {
  /*
   * Hamed and Rao ("A modified Mann-Kendall trend test for autocorrelated data", Journal of
   * Hydrology 204, 1998) multiply the variance of S by
   *
   *   n/n* = 1 + 2/(n(n−1)(n−2)) · Σ (n−i)(n−i−1)(n−i−2)·ρ(i),
   *
   * ρ(i) the autocorrelation at lag i of the ranks of the series less its trend, lags significant
   * at 5 % alone. In short series this is much too small: taking out the trend and the mean lowers
   * every ρ(i), lags cut off as insignificant still add up, and chance negatives push it below 1.
   * So here
   * - lags go up to n/4, and the factor is never below 1;
   * - it is no smaller than that of an AR(1) process, ρ(i) = φ^i, with φ = ρ(1) freed of its bias by
   *   adding (2 + 4ρ(1))/n (Kendall, "Note on bias in the estimation of autocorrelation",
   *   Biometrika 41, 1954, for the mean; about one more 1/n for the slope).
   * What that does to false alarms is told at MannKendall.
   */
  private static final double Z_95 = 1.959963984540054;
  private static final double MOST = 0.98;

  private Autocorrelation() {}

  /** What to multiply the variance of Kendall's S by, 1 or more. */
  static double inflation(double[] series) {
    int n = series.length;
    double[] rho = at(Ranks.of(detrended(series)), Math.max(1, n / 4));
    double significant = Z_95 / Math.sqrt(n);
    double[] observed = rho.clone();
    for (int lag = 1; lag < rho.length; lag++) {
      observed[lag] = Math.abs(rho[lag]) > significant ? rho[lag] : 0;
    }
    double phi = Math.clamp(rho[1] + (2 + 4 * rho[1]) / n, 0, MOST);
    double[] model = new double[n];
    Arrays.setAll(model, lag -> Math.pow(phi, lag));
    return Math.max(1, Math.max(factor(observed, n), factor(model, n)));
  }

  private static double factor(double[] rho, double n) {
    double sum = 0;
    for (int lag = 1; lag < rho.length; lag++) {
      sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * rho[lag];
    }
    return 1 + 2 * sum / (n * (n - 1) * (n - 2));
  }

  private static double[] detrended(double[] series) {
    double slope = TheilSen.slope(series);
    double[] rest = new double[series.length];
    Arrays.setAll(rest, i -> series[i] - slope * i);
    return rest;
  }

  /** At lags 0 to {@code last}; all 0 but the first where the values are equal. */
  static double[] at(double[] values, int last) {
    double mean = Arrays.stream(values).average().orElse(0);
    double[] rho = new double[last + 1];
    for (int lag = 0; lag <= last; lag++) {
      for (int i = 0; i + lag < values.length; i++) {
        rho[lag] += (values[i] - mean) * (values[i + lag] - mean);
      }
    }
    double whole = rho[0];
    for (int lag = 0; lag <= last; lag++) {
      rho[lag] = whole > 0 ? rho[lag] / whole : lag == 0 ? 1 : 0;
    }
    return rho;
  }
}
