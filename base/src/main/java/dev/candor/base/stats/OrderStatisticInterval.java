package dev.candor.base.stats;

import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * The distribution-free confidence interval of a percentile: two order statistics of the sample
 * between which the true percentile lies with at least the asked confidence (David and Nagaraja,
 * Order Statistics, 2003, section 7.1).
 *
 * @param lowRank 1-based rank of the lower end, 1 to n
 * @param highRank 1-based rank of the upper end, 1 to n
 */
public record OrderStatisticInterval(long lowRank, long highRank) {
  private static final double Z_95 = 1.959963984540054;
  private static final long EXACT_UP_TO = 5_000;

  /**
   * The 95 % interval of percentile {@code q} in a sample of {@code n}: exact binomial ranks up to
   * 5,000 values, the normal approximation above.
   */
  public static OrderStatisticInterval of95(long n, double q) {
    if (n <= 0 || !(q > 0 && q < 1)) {
      throw new IllegalArgumentException("n = %d, q = %s".formatted(n, q));
    }
    long low;
    long high;
    if (n <= EXACT_UP_TO) {
      BinomialDistribution binomial = new BinomialDistribution((int) n, q);
      low = binomial.inverseCumulativeProbability(0.025);
      high = binomial.inverseCumulativeProbability(0.975) + 1L;
    } else {
      double spread = Z_95 * Math.sqrt(n * q * (1 - q));
      low = (long) Math.floor(n * q - spread);
      high = (long) Math.ceil(n * q + spread) + 1;
    }
    return new OrderStatisticInterval(Math.clamp(low, 1, n), Math.clamp(high, 1, n));
  }

  /**
   * Whether a sample of {@code n} says anything about percentile {@code q}: n·(1−q) at least 10.
   */
  public static boolean isKnowable(long n, double q) {
    return n * (1 - q) >= 10 - 1e-9;
  }
}
