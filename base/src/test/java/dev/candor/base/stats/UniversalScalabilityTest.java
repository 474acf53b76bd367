package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.UniversalScalability.Fit;
import dev.candor.base.stats.UniversalScalability.Interval;
import dev.candor.base.stats.UniversalScalability.Unknown;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UniversalScalabilityTest {
  private static final double[] LOADS = {1, 2, 4, 8, 16, 24, 32, 48, 64, 96};
  private static final Seed SEED = new Seed(42);

  private static double law(double lambda, double sigma, double kappa, double n) {
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
  }

  private static double[] measured(
      double lambda, double sigma, double kappa, double noise, long seed) {
    RandomGenerator random = new Seed(seed).stream();
    return Arrays.stream(LOADS)
        .map(n -> law(lambda, sigma, kappa, n) * (1 + noise * random.nextGaussian()))
        .toArray();
  }

  private static Fit fit(double[] loads, double[] throughputs) {
    return (Fit) UniversalScalability.of(loads, throughputs, SEED);
  }

  /**
   * The ray tracer of Gunther, Guerrilla Capacity Planning, for which he has σ = 0.05, κ = 1e-5.
   */
  @Test
  void of_gunthersRayTracer_isNearHisFit() {
    double[] loads = {1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64};
    double[] throughputs = {20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310};
    Fit fit = fit(loads, throughputs);
    assertThat(fit.sigma()).isCloseTo(0.0498, within(0.01));
    assertThat(fit.kappa()).isLessThan(1e-4);
    assertThat(fit.rSquared()).isGreaterThan(0.97);
  }

  @Test
  void of_exactPoints_isTheirLaw() {
    for (double[] truth :
        new double[][] {
          {20, 0.05, 1e-3}, {1_000, 0.3, 0.01}, {3, 0, 1e-4}, {7, 0.02, 0}, {5, 0, 0}
        }) {
      Fit fit = fit(LOADS, measured(truth[0], truth[1], truth[2], 0, 1));
      String what = Arrays.toString(truth) + " " + fit;
      assertThat(fit.lambda()).as(what).isCloseTo(truth[0], within(1e-3 * truth[0]));
      assertThat(fit.sigma()).as(what).isCloseTo(truth[1], within(1e-4));
      assertThat(fit.kappa()).as(what).isCloseTo(truth[2], within(1e-6));
      assertThat(fit.rSquared()).as(what).isGreaterThan(0.999_999);
    }
  }

  @Test
  void peak_isWhereTheLawIsHighest() {
    Fit fit = fit(LOADS, measured(20, 0.05, 1e-3, 0, 1));
    double peak = Objects.requireNonNull(fit.peakLoad());
    assertThat(peak).isCloseTo(Math.sqrt(0.95 / 1e-3), within(0.1));
    assertThat(fit.peakThroughput()).isCloseTo(fit.throughput(peak), within(1e-9));
    assertThat(fit.throughput(peak)).isGreaterThan(fit.throughput(peak * 1.05));
    assertThat(fit.throughput(peak)).isGreaterThan(fit.throughput(peak * 0.95));
  }

  @Test
  void peak_ofALawWithoutOne_isUnknown() {
    Fit straight = fit(LOADS, measured(5, 0, 0, 0, 1));
    assertThat(straight.peakLoad()).isNull();
    assertThat(straight.peakThroughput()).isNull();
    assertThat(straight.peakLoadCi()).isNull();
  }

  @Test
  void intervals_holdTheTruthMostly() {
    int peaks = 0;
    int sigmas = 0;
    for (long seed = 0; seed < 100; seed++) {
      Fit fit = fit(LOADS, measured(20, 0.05, 1e-3, 0.03, seed));
      peaks += holds(fit.peakLoadCi(), Math.sqrt(950)) ? 1 : 0;
      sigmas += holds(fit.sigmaCi(), 0.05) ? 1 : 0;
    }
    assertThat(peaks).isGreaterThan(85);
    assertThat(sigmas).isGreaterThan(85);
  }

  private static boolean holds(@Nullable Interval interval, double truth) {
    Double high = interval == null ? null : interval.high();
    return interval != null && interval.low() <= truth && (high == null || high >= truth);
  }

  @Test
  void of_noise_hasNoNegativeCoefficients() {
    for (long seed = 0; seed < 100; seed++) {
      Fit fit = fit(LOADS, measured(20, 0, 0, 0.2, seed));
      assertThat(fit.sigma()).as("seed %d", seed).isNotNegative();
      assertThat(fit.kappa()).as("seed %d", seed).isNotNegative();
      assertThat(fit.sigmaCi().low()).as("seed %d", seed).isNotNegative();
    }
  }

  @Test
  void of_sameSeed_isTheSame() {
    double[] points = measured(20, 0.05, 1e-3, 0.03, 4);
    assertThat(fit(LOADS, points)).isEqualTo(fit(LOADS, points));
  }

  @Test
  void of_tooLittle_saysWhy() {
    double[] loads = {10, 10, 20, 20, 50};
    assertThat(UniversalScalability.of(loads, new double[] {1, 1, 2, 2, 3}, SEED))
        .isEqualTo(new Unknown("3 different loads were measured, and the law needs 4"));
    assertThat(UniversalScalability.of(LOADS, new double[LOADS.length], SEED))
        .isEqualTo(new Unknown("there was no throughput at any load"));
    double[] broken = measured(20, 0, 0, 0, 1);
    broken[3] = Double.NaN;
    assertThat(UniversalScalability.of(LOADS, broken, SEED))
        .isEqualTo(new Unknown("no law fits a throughput of NaN at load 8.0"));
  }
}
