package dev.candor.base.stats;

/**
 * A trend's slope that outliers do not move: the median of the slopes of all pairs of points
 * (Theil, 1950), with its 95 % interval from the ranks of those slopes (Sen, "Estimates of the
 * regression coefficient based on Kendall's tau", JASA 63, 1968).
 *
 * @param slope change of y for one more of x
 * @param low lower end of the interval; minus infinity where there are too few points for one
 * @param high upper end, or infinity
 */
public record TheilSen(double slope, double low, double high) {
  /** So many points have two million pairs, 16 MB of slopes. */
  public static final int MOST_POINTS = 2_000;

  /**
   * The slope, and the interval that agrees with the test: of N pairs, the slopes of ranks (N ∓
   * C)/2, where C is how far Kendall's S strays by chance. So it leaves 0 out where the test finds
   * a trend, but for the test's half step towards 0.
   *
   * @param x strictly rising
   * @param y as many, two or more, and at most {@link #MOST_POINTS}; of longer series pass the
   *     medians of blocks
   * @param test of y
   */
  public static TheilSen of(double[] x, double[] y, MannKendall test) {
    double[] slopes = slopes(x, y);
    double pairs = slopes.length;
    double reach = test.reach95();
    int low = (int) Math.floor((pairs - reach) / 2) - 1;
    int high = (int) Math.ceil((pairs + reach) / 2);
    return new TheilSen(
        Median.ofScratch(slopes),
        low < 0 ? Double.NEGATIVE_INFINITY : Median.select(slopes, low),
        high >= slopes.length ? Double.POSITIVE_INFINITY : Median.select(slopes, high));
  }

  /** The slope of a series a step. */
  static double slope(double[] series) {
    double[] steps = new double[series.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i;
    }
    return slope(steps, series);
  }

  /** The slope alone. */
  static double slope(double[] x, double[] y) {
    return Median.ofScratch(slopes(x, y));
  }

  private static double[] slopes(double[] x, double[] y) {
    int n = y.length;
    if (x.length != n || n < 2 || n > MOST_POINTS) {
      throw new IllegalArgumentException(
          "%d x and %d y, 2 to %d of each needed".formatted(x.length, n, MOST_POINTS));
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[next++] = (y[j] - y[i]) / (x[j] - x[i]);
      }
    }
    return slopes;
  }
}
