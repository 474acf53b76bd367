package dev.candor.base.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the level of a series first shifts for good.
 *
 * @param index of the first value at the new level
 * @param before median of the values before it
 * @param after median of the values from it on, up to the next shift
 */
public record ChangePoint(int index, double before, double after) {
  /*
   * Pettitt's test ("A non-parametric approach to the change-point problem", Applied Statistics 28,
   * 1979): U(t) = 2·Σ(i < t) R(i) − t(n + 1) of the ranks R has its extreme K at the shift, and
   * chance exceeds it with about 2·exp(−6K²/(n³ + n²)). Ranks make it robust. As neighbours are
   * alike, K² is divided by (1 + φ)/(1 − φ), with φ the autocorrelation of what is left on both
   * sides of the shift, freed of its bias by (3 + 6φ)/n, as two levels and their border are taken out.
   * That keeps false alarms near alpha: at 1 %, of 500 series each, 0 to 2.4 % for n 30 to 600 and φ
   * 0 to 0.6. What lies before a shift is searched again, so that the
   * first of several is found, and the first part of a slow rise.
   */
  private static final int FEWEST_VALUES = 20;
  private static final double MOST_MEMORY = 0.95;

  /**
   * The first shift that chance would show less often than {@code alpha}; null where there is none,
   * and under 20 values.
   *
   * @param series evenly spaced values
   * @param least values on each side that make a level, so that one outlier is none; at least 3
   * @param alpha share of series without a shift that may be said to have one, 0.01 for instance
   */
  public static @Nullable ChangePoint first(double[] series, int least, double alpha) {
    int end = series.length;
    ChangePoint first = null;
    for (int at = shift(series, least, alpha); at > 0; ) {
      double[] before = Arrays.copyOf(series, at);
      first =
          new ChangePoint(at, Median.of(before), Median.of(Arrays.copyOfRange(series, at, end)));
      end = at;
      at = shift(before, least, alpha);
    }
    return first;
  }

  /** The index at which the series' one clearest shift begins, 0 where it has none. */
  private static int shift(double[] series, int least, double alpha) {
    double n = series.length;
    if (n < Math.max(FEWEST_VALUES, 2 * least)) {
      return 0;
    }
    double[] ranks = Ranks.of(series);
    double sum = 0;
    double most = 0;
    int at = 0;
    for (int t = 1; t < series.length; t++) {
      sum += 2 * ranks[t - 1] - (n + 1);
      if (Math.abs(sum) > most && t >= least && series.length - t >= least) {
        most = Math.abs(sum);
        at = t;
      }
    }
    if (at == 0) {
      return 0;
    }
    double phi = memory(series, at);
    double chance = 2 * Math.exp(-6 * most * most / (n * n * n + n * n) * (1 - phi) / (1 + phi));
    return chance < alpha ? at : 0;
  }

  private static double memory(double[] series, int at) {
    double before = Median.of(Arrays.copyOf(series, at));
    double after = Median.of(Arrays.copyOfRange(series, at, series.length));
    double[] rest = new double[series.length];
    Arrays.setAll(rest, i -> series[i] - (i < at ? before : after));
    double rho = Autocorrelation.at(Ranks.of(rest), 1)[1];
    return Math.clamp(rho + (3 + 6 * rho) / series.length, 0, MOST_MEMORY);
  }
}
