package dev.candor.base.stats;

import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Pairs of shares whose ranks are correlated: what two distributions are drawn at, whatever they
 * are. Spearman's rho of a pair of normals with Pearson's r is 6/π · asin(r/2) (Kruskal, "Ordinal
 * Measures of Association", 1958), and ranks do not change when shares become quantiles.
 */
public final class GaussianCopula {
  /** Beyond them a quantile may be infinite. */
  private static final double LEAST = 0x1.0p-53;

  private static final double MOST = 1 - LEAST;
  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  private final double pearson;
  private final double rest;

  /**
   * @param spearman the rank correlation asked for, between -1 and 1
   */
  public GaussianCopula(double spearman) {
    this.pearson = 2 * StrictMath.sin(Math.PI * spearman / 6);
    this.rest = Math.sqrt(1 - pearson * pearson);
  }

  /** Two shares in (0, 1), each of them uniform. */
  public record Pair(double first, double second) {}

  /** A pair, of two numbers of the stream. */
  public Pair draw(RandomGenerator random) {
    double first = share(random);
    double second = share(random);
    if (pearson == 0) {
      return new Pair(first, second);
    }
    double normal = pearson * quantile(first) + rest * quantile(second);
    return new Pair(first, Math.clamp(NORMAL.cumulativeProbability(normal), LEAST, MOST));
  }

  private static double share(RandomGenerator random) {
    return ((random.nextLong() >>> 11) + 0.5) * 0x1.0p-53;
  }

  private static double quantile(double share) {
    return NORMAL.inverseCumulativeProbability(share);
  }
}
