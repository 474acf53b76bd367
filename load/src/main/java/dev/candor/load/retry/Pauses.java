package dev.candor.load.retry;

import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.Jitter;
import java.util.random.RandomGenerator;

/** The pauses of a policy, in nanoseconds; docs/retries.md has the formulas. Pure functions. */
final class Pauses {
  private static final double TRIPLE = 3;

  private Pauses() {}

  /**
   * The pause before a retry.
   *
   * @param retry of the request, from 1
   * @param before the pause ahead of the retry before, 0 where it is the first
   */
  static long of(Backoff backoff, int retry, long before, RandomGenerator random) {
    return switch (backoff) {
      case Backoff.Immediate _ -> 0;
      case Backoff.Fixed(long pause) -> pause;
      case Backoff.Exponential known -> exponential(known, retry, before, random);
    };
  }

  private static long exponential(
      Backoff.Exponential backoff, int retry, long before, RandomGenerator random) {
    double max = backoff.maxNanos();
    double pause = Math.min(max, backoff.baseNanos() * Math.pow(backoff.factor(), retry - 1));
    double drawn =
        switch (backoff.jitter()) {
          case Jitter.None _ -> pause;
          case Jitter.Full _ -> pause * random.nextDouble();
          case Jitter.Equal _ -> pause / 2 + pause / 2 * random.nextDouble();
          case Jitter.Decorrelated _ -> {
            double base = backoff.baseNanos();
            double high = TRIPLE * Math.max(base, before);
            yield base + (high - base) * random.nextDouble();
          }
          case Jitter.Less(double share) -> pause * (1 - share * random.nextDouble());
          case Jitter.More(long nanos) -> pause + nanos * random.nextDouble();
        };
    return Math.round(Math.min(max, drawn));
  }
}
