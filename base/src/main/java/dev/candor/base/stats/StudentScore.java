package dev.candor.base.stats;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Distances in standard errors that were estimated, as those in standard errors that are known:
 * equal tails of Student's t and of the normal distribution. Pure functions.
 */
public final class StudentScore {
  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  /** Beyond it a tail has no value that a double tells from 0. */
  private static final double FARTHEST = 37;

  private StudentScore() {}

  /** The normal score of {@code t}, which is not below 0, with {@code freedom} degrees. */
  public static double toNormal(double t, double freedom) {
    double tail = new TDistribution(freedom).cumulativeProbability(-t);
    return tail <= 0
        ? FARTHEST
        : Math.min(FARTHEST, -NORMAL.inverseCumulativeProbability(Math.min(0.5, tail)));
  }

  /** The distance in estimated standard errors that is as far out as the normal score {@code z}. */
  public static double fromNormal(double z, double freedom) {
    double tail = NORMAL.cumulativeProbability(-Math.min(z, FARTHEST));
    return -new TDistribution(freedom).inverseCumulativeProbability(tail);
  }
}
