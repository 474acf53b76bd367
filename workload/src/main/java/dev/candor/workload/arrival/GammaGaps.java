package dev.candor.workload.arrival;

import dev.candor.base.stats.StandardNormal;
import java.util.random.RandomGenerator;

/** Gaps of a gamma distribution with mean 1. */
final class GammaGaps {
  /*
   * Marsaglia and Tsang, "A simple method for generating gamma variables" (ACM TOMS 26, 2000): a
   * cube of a normal, accepted almost always; a shape below 1 is one more, times U^(1/shape).
   *
   * The first gap is what is left of the one in which a step's start falls: a uniform part of a gap
   * drawn in proportion to its length (Cox, "Renewal Theory", 1962, section 5.4), which for gamma is
   * one of shape + 1. With a whole gap first, bursty arrivals would be too many: at a cv of c by
   * (c² - 1)/2.
   */
  private final double shape;

  GammaGaps(double coefficientOfVariation) {
    this.shape = 1 / (coefficientOfVariation * coefficientOfVariation);
  }

  double next(RandomGenerator random) {
    return gamma(shape, random) / shape;
  }

  double first(RandomGenerator random) {
    return random.nextDouble() * gamma(shape + 1, random) / shape;
  }

  private static double gamma(double shape, RandomGenerator random) {
    if (shape < 1) {
      // 1 - U is never 0, and 0 to the power of 1/shape would be a gap of none for ever after.
      return gamma(shape + 1, random) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = StandardNormal.sample(random);
      double root = 1 + c * normal;
      if (root > 0) {
        double v = root * root * root;
        double bound = 0.5 * normal * normal + d * (1 - v + StrictMath.log(v));
        if (StrictMath.log(1 - random.nextDouble()) < bound) {
          return d * v;
        }
      }
    }
  }
}
