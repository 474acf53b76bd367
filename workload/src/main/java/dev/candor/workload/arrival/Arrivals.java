package dev.candor.workload.arrival;

import dev.candor.base.random.Seed;
import dev.candor.scenario.LoadStep;
import java.util.random.RandomGenerator;

/** The arrival processes of open steps. */
public final class Arrivals {
  private Arrivals() {}

  /** The schedule of {@code step}; a Poisson one is drawn from {@code seed}. */
  public static FireTimes of(LoadStep.Open step, Seed seed) {
    Intensity intensity =
        new Intensity(step.fromRatePerSecond(), step.ratePerSecond(), step.durationNanos() / 1e9);
    return switch (step.arrivals()) {
      case CONSTANT -> new Constant(intensity);
      case POISSON -> new Poisson(intensity, seed.stream());
    };
  }

  /**
   * The expected number of arrivals up to t, with a rate that changes linearly from {@code from} to
   * {@code to} per second: Λ(t) = from·t + (to − from)·t²/(2·duration).
   */
  private record Intensity(double from, double to, double durationSeconds) {

    /** Λ⁻¹ in nanoseconds; MAX_VALUE past the duration. */
    long instantOf(double expected) {
      double slope = (to - from) / durationSeconds;
      double seconds;
      if (slope == 0) {
        seconds = expected / from;
      } else {
        double root = from * from + 2 * slope * expected;
        // The form without cancellation where the slope is small.
        seconds = root < 0 ? Double.MAX_VALUE : 2 * expected / (from + Math.sqrt(root));
      }
      return expected == 0
          ? 0
          : seconds < durationSeconds ? Math.round(seconds * 1e9) : Long.MAX_VALUE;
    }
  }

  /** The i-th arrival where Λ reaches i: computed from i, so that no error adds up. */
  private static final class Constant implements FireTimes {
    private final Intensity intensity;
    private long index;

    Constant(Intensity intensity) {
      this.intensity = intensity;
    }

    @Override
    public long next() {
      return intensity.instantOf(index++);
    }
  }

  /** A unit Poisson process mapped through Λ⁻¹ (Cinlar 1975, time change of a Poisson process). */
  private static final class Poisson implements FireTimes {
    private final Intensity intensity;
    private final RandomGenerator random;
    private double expected;

    Poisson(Intensity intensity, RandomGenerator random) {
      this.intensity = intensity;
      this.random = random;
    }

    @Override
    public long next() {
      expected += -Math.log1p(-random.nextDouble());
      return intensity.instantOf(expected);
    }
  }
}
