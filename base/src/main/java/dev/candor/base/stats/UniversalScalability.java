package dev.candor.base.stats;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The Universal Scalability Law through points of load and throughput, X(N) = λN / (1 + σ(N − 1) +
 * κN(N − 1)) (Gunther, Guerrilla Capacity Planning, 2007, chapter 4): λ what a load of one gets, σ
 * what waits for its turn (contention), κ what each costs every other (coherence).
 */
public sealed interface UniversalScalability {
  /** Points of so few distinct loads say nothing of three coefficients. */
  int FEWEST_LOADS = 4;

  /** Resampled sets of points that the intervals are from. */
  int RESAMPLES = 400;

  /** A 95 % interval; {@code high} null where it has no end that the points tell of. */
  record Interval(double low, @Nullable Double high) {}

  /**
   * The law that fits best.
   *
   * @param peakLoad N* = √((1 − σ)/κ), where throughput is the highest; null where κ is 0 or N* is
   *     under 1: then the law has no peak, or only falls
   * @param peakLoadCi from the resampled fits, with no high end where over one in 40 of them has no
   *     peak; null where {@code peakLoad} is
   * @param peakThroughput X(N*), null where {@code peakLoad} is
   * @param rSquared share of the throughputs' variance that the law explains, 1 at best
   */
  record Fit(
      double lambda,
      double sigma,
      double kappa,
      Interval lambdaCi,
      Interval sigmaCi,
      Interval kappaCi,
      @Nullable Double peakLoad,
      @Nullable Interval peakLoadCi,
      @Nullable Double peakThroughput,
      double rSquared)
      implements UniversalScalability {

    /** X(N). */
    public double throughput(double load) {
      return new ScalabilityFit(lambda, sigma, kappa, 0).throughput(load);
    }
  }

  /** There is no such fit, and {@code reason} says why. */
  record Unknown(String reason) implements UniversalScalability {}

  /**
   * Fits the law. The intervals are from a bootstrap of the residuals (Efron and Tibshirani, An
   * Introduction to the Bootstrap, 1993, chapter 9): percentiles of the fits to the fitted
   * throughputs plus residuals drawn anew.
   *
   * @param loads users or rates, above 0, in any order; one may occur several times
   * @param throughputs what was measured at each
   * @param seed of the resampling
   */
  static UniversalScalability of(double[] loads, double[] throughputs, Seed seed) {
    if (loads.length != throughputs.length) {
      throw new IllegalArgumentException(
          "%d loads, %d throughputs".formatted(loads.length, throughputs.length));
    }
    long distinct = Arrays.stream(loads).distinct().count();
    if (distinct < FEWEST_LOADS) {
      return new Unknown(
          "%d different loads were measured, and the law needs %d"
              .formatted(distinct, FEWEST_LOADS));
    }
    for (int i = 0; i < loads.length; i++) {
      if (!(loads[i] > 0) || !Double.isFinite(throughputs[i]) || throughputs[i] < 0) {
        return new Unknown(
            "no law fits a throughput of %s at load %s".formatted(throughputs[i], loads[i]));
      }
    }
    if (Arrays.stream(throughputs).allMatch(x -> x == 0)) {
      return new Unknown("there was no throughput at any load");
    }
    ScalabilityFit best = ScalabilityFit.of(loads, throughputs);
    return withIntervals(best, loads, throughputs, seed);
  }

  private static Fit withIntervals(
      ScalabilityFit best, double[] loads, double[] throughputs, Seed seed) {
    int n = loads.length;
    // three coefficients have taken their part of the scatter
    double widened = Math.sqrt(n / (double) Math.max(1, n - 3));
    RandomGenerator random = seed.derive("scalability").stream();
    double[] lambdas = new double[RESAMPLES];
    double[] sigmas = new double[RESAMPLES];
    double[] kappas = new double[RESAMPLES];
    double[] peaks = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double[] resampled = new double[n];
      for (int i = 0; i < n; i++) {
        int other = random.nextInt(n);
        double residual = throughputs[other] - best.throughput(loads[other]);
        resampled[i] = Math.max(0, best.throughput(loads[i]) + widened * residual);
      }
      ScalabilityFit fit = ScalabilityFit.from(best, loads, resampled);
      lambdas[r] = fit.lambda();
      sigmas[r] = fit.sigma();
      kappas[r] = fit.kappa();
      Double peak = fit.peakLoad();
      peaks[r] = peak == null ? Double.POSITIVE_INFINITY : peak;
    }
    Double peak = best.peakLoad();
    return new Fit(
        best.lambda(),
        best.sigma(),
        best.kappa(),
        interval(lambdas),
        interval(sigmas),
        interval(kappas),
        peak,
        peak == null ? null : interval(peaks),
        peak == null ? null : Double.valueOf(best.throughput(peak)),
        best.rSquared(throughputs));
  }

  private static Interval interval(double[] resamples) {
    Arrays.sort(resamples);
    double high = resamples[RESAMPLES - 1 - RESAMPLES / 40];
    return new Interval(resamples[RESAMPLES / 40], Double.isFinite(high) ? high : null);
  }
}
