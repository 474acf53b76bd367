package dev.candor.base.stats;

/**
 * The confidence interval of a share, good also near 0 and 1 and for few trials, and never outside
 * them (Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
 * 1927; recommended by Brown, Cai and DasGupta, Statistical Science 16, 2001).
 */
public record WilsonInterval(double low, double high) {
  private static final double Z_95 = 1.959963984540054;
  private static final double Z_999 = 3.290526731491926;

  /** The 95 % interval of the share of which {@code good} of {@code total} trials are a sample. */
  public static WilsonInterval of95(long good, long total) {
    return of(good, total, Z_95);
  }

  /**
   * The 99.9 % interval, for who looks at it again and again and acts on the first that will do.
   */
  public static WilsonInterval of999(long good, long total) {
    return of(good, total, Z_999);
  }

  private static WilsonInterval of(long good, long total, double z) {
    if (total <= 0 || good < 0 || good > total) {
      throw new IllegalArgumentException("%d good of %d".formatted(good, total));
    }
    double n = total;
    double share = good / n;
    double zz = z * z;
    double middle = (share + zz / (2 * n)) / (1 + zz / n);
    double reach = z / (1 + zz / n) * Math.sqrt(share * (1 - share) / n + zz / (4 * n * n));
    // at its ends rounding would miss them by a hair
    return new WilsonInterval(good == 0 ? 0 : middle - reach, good == total ? 1 : middle + reach);
  }
}
