package dev.candor.base.stats;

/** How long the blocks of a block bootstrap must be. Pure functions. */
public final class BlockLength {
  /*
   * Politis and White ("Automatic block-length selection for the dependent bootstrap", Econometric
   * Reviews 23, 2004), with the correction of Patton, Politis and White (Econometric Reviews 28,
   * 2009): of circular blocks,
   *
   *   b = (2 G² / D)^(1/3) · n^(1/3),   G = Σ λ(k/M) |k| R(k),   D = 4/3 · (Σ λ(k/M) R(k))²,
   *
   * sums over lags −M to M of the autocovariance R, λ the flat-top window (1 up to 1/2, then down
   * to 0 at 1). M is twice the lag behind which K autocorrelations in a row are within 2·√(log10
   * n/n) of 0.
   */
  private static final double SIGNIFICANT = 2;
  private static final int FEWEST = 5;

  private BlockLength() {}

  /** In values of {@code series}, 1 or more; 1 where the values are equal, or as good as none. */
  public static double of(double[] series) {
    int n = series.length;
    if (n < 2 * FEWEST) {
      return 1;
    }
    int inARow = Math.max(FEWEST, (int) Math.ceil(Math.sqrt(Math.log10(n))));
    int mostLags = Math.min(n - 1, (int) Math.ceil(Math.sqrt(n)) + inARow);
    double[] rho = Autocorrelation.at(series, mostLags);
    int most = window(rho, inARow, SIGNIFICANT * Math.sqrt(Math.log10(n) / n));
    double g = 0;
    double spectrum = rho[0];
    for (int lag = 1; lag <= Math.min(most, mostLags); lag++) {
      double share = (double) lag / most;
      double weight = share <= 0.5 ? 1 : 2 * (1 - share);
      g += 2 * weight * lag * rho[lag];
      spectrum += 2 * weight * rho[lag];
    }
    double d = 4.0 / 3 * spectrum * spectrum;
    return d <= 0 ? 1 : Math.max(1, Math.cbrt(2 * g * g / d) * Math.cbrt(n));
  }

  private static int window(double[] rho, int inARow, double bound) {
    int lastSignificant = 0;
    for (int lag = 1; lag < rho.length; lag++) {
      if (Math.abs(rho[lag]) > bound) {
        lastSignificant = lag;
      } else if (lag - lastSignificant >= inARow) {
        return 2 * Math.max(1, lastSignificant);
      }
    }
    return 2 * Math.max(1, lastSignificant);
  }
}
