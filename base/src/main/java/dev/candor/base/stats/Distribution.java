package dev.candor.base.stats;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.GammaDistribution;

/**
 * A distribution of a quantity that cannot be negative: a latency, a token count, a think time. The
 * unit is the caller's. Draws are by inversion, one uniform number a draw, so that a stream's n-th
 * draw depends on nothing but the stream, and has the same bits on every machine.
 */
public sealed interface Distribution {

  /** The value below which the share {@code p} of draws falls; {@code p} in (0, 1). */
  double quantile(double p);

  /** The expected value. */
  double mean();

  /** One value, at least 0. */
  default double sample(RandomGenerator random) {
    // 53 bits, shifted off both ends: quantile(0) and quantile(1) may be infinite.
    double p = ((random.nextLong() >>> 11) + 0.5) * 0x1.0p-53;
    return Math.max(0, quantile(p));
  }

  /** Always the same value. */
  record Constant(double value) implements Distribution {
    @Override
    public double quantile(double p) {
      return value;
    }

    @Override
    public double mean() {
      return value;
    }
  }

  /** Every value between {@code low} and {@code high} alike. */
  record Uniform(double low, double high) implements Distribution {
    @Override
    public double quantile(double p) {
      return low + (high - low) * p;
    }

    @Override
    public double mean() {
      return (low + high) / 2;
    }
  }

  /** Normal, cut at 0 when drawn; {@link #mean()} is that of the uncut one. */
  record Normal(double mean, double standardDeviation) implements Distribution {
    @Override
    public double quantile(double p) {
      return mean + standardDeviation * standardNormalQuantile(p);
    }
  }

  /** The exponential of a normal with median {@code median} and spread {@code sigma} in logs. */
  record LogNormal(double median, double sigma) implements Distribution {
    @Override
    public double quantile(double p) {
      return median * StrictMath.exp(sigma * standardNormalQuantile(p));
    }

    @Override
    public double mean() {
      return median * StrictMath.exp(sigma * sigma / 2);
    }
  }

  /** Gamma by its mean and its coefficient of variation (standard deviation / mean). */
  record Gamma(double mean, double coefficientOfVariation) implements Distribution {
    @Override
    public double quantile(double p) {
      double shape = 1 / (coefficientOfVariation * coefficientOfVariation);
      return new GammaDistribution(shape, mean / shape).inverseCumulativeProbability(p);
    }
  }

  /** The gaps of a Poisson process. */
  record Exponential(double mean) implements Distribution {
    @Override
    public double quantile(double p) {
      return -mean * StrictMath.log1p(-p);
    }
  }

  /**
   * Known percentiles with straight lines between them: values at rising shares, from 0 to 1. Also
   * what a recorded sample becomes, one share a value.
   */
  record Percentiles(double[] shares, double[] values) implements Distribution {
    public Percentiles {
      shares = shares.clone();
      values = values.clone();
      if (shares.length != values.length || shares.length < 2) {
        throw new IllegalArgumentException("needs two or more shares with a value each");
      }
      for (int i = 1; i < shares.length; i++) {
        if (!(shares[i] > shares[i - 1]) || values[i] < values[i - 1]) {
          throw new IllegalArgumentException("shares and values must rise");
        }
      }
    }

    /** The empirical distribution of {@code sample}, in any order, at least one value. */
    public static Distribution ofSample(double... sample) {
      if (sample.length == 1) {
        return new Constant(sample[0]);
      }
      double[] sorted = sample.clone();
      Arrays.sort(sorted);
      double[] shares = new double[sorted.length];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = (double) i / (shares.length - 1);
      }
      return new Percentiles(shares, sorted);
    }

    @Override
    public double quantile(double p) {
      int at = Arrays.binarySearch(shares, p);
      if (at >= 0) {
        return values[at];
      }
      int above = -at - 1;
      if (above == 0) {
        return values[0];
      }
      if (above == shares.length) {
        return values[above - 1];
      }
      double fraction = (p - shares[above - 1]) / (shares[above] - shares[above - 1]);
      return values[above - 1] + fraction * (values[above] - values[above - 1]);
    }

    @Override
    public double mean() {
      double sum =
          values[0] * shares[0] + values[values.length - 1] * (1 - shares[shares.length - 1]);
      for (int i = 1; i < shares.length; i++) {
        sum += (shares[i] - shares[i - 1]) * (values[i] + values[i - 1]) / 2;
      }
      return sum;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Percentiles(double[] otherShares, double[] otherValues)
          && Arrays.equals(shares, otherShares)
          && Arrays.equals(values, otherValues);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(shares) + Arrays.hashCode(values);
    }
  }

  private static double standardNormalQuantile(double p) {
    return StandardNormal.quantile(p);
  }
}
