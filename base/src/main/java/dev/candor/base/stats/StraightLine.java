package dev.candor.base.stats;

import org.hipparchus.distribution.continuous.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The line y = a + b·x of least squares through points added one by one, none of which is kept.
 * <b>For one thread.</b>
 */
public final class StraightLine {
  /*
   * Means and sums of squared deviations are updated point by point (Welford, "Note on a method for
   * calculating corrected sums of squares and products", Technometrics 4(3), 1962), which does not
   * cancel. The slope's standard error is s/√Sxx with s² = (Syy − b·Sxy)/(n − 2), and its interval
   * Student's with n − 2 degrees of freedom (Draper and Smith, Applied Regression Analysis, 1.4).
   */
  private long count;
  private double meanX;
  private double meanY;
  private double sumXx;
  private double sumXy;
  private double sumYy;

  /** An interval from {@code low} to {@code high}. */
  public record Interval(double low, double high) {}

  public void add(double x, double y) {
    count++;
    double offX = x - meanX;
    double offY = y - meanY;
    meanX += offX / count;
    meanY += offY / count;
    sumXx += offX * (x - meanX);
    sumXy += offX * (y - meanY);
    sumYy += offY * (y - meanY);
  }

  public long count() {
    return count;
  }

  /** Change of y for one more of x; null under three points, or where all have the same x. */
  public @Nullable Double slope() {
    return count < 3 || sumXx <= 0 ? null : Double.valueOf(sumXy / sumXx);
  }

  /** The slope's 95 % confidence interval; null where {@link #slope} is. */
  public @Nullable Interval slopeInterval() {
    Double slope = slope();
    if (slope == null) {
      return null;
    }
    double residual = Math.max(0, sumYy - slope * sumXy);
    double error = Math.sqrt(residual / (count - 2) / sumXx);
    double reach = new TDistribution(count - 2).inverseCumulativeProbability(0.975) * error;
    return new Interval(slope - reach, slope + reach);
  }
}
