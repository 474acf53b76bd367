package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.util.random.RandomGenerator;

/** Every request draws from its own stream: concurrency and order change nothing. */
final class DistributedTimes implements ServiceTimes {
  private static final int DEFAULT_LENGTH = 256;

  private final MockSettings settings;
  private final Distribution ttft;
  private final Distribution itl;
  private final Seed seed;

  DistributedTimes(MockSettings settings, Seed seed) {
    this.settings = settings;
    MockSettings.Times.Drawn drawn =
        settings.times() instanceof MockSettings.Times.Drawn given
            ? given
            : MockSettings.Times.Drawn.DEFAULT;
    this.ttft = Tabulated.of(drawn.ttftNanos());
    this.itl = Tabulated.of(drawn.itlNanos());
    this.seed = seed;
  }

  @Override
  public Answer plan(long number, int maxTokens, boolean exactLength) {
    RandomGenerator random = seed.derive(number).stream();
    long first = Math.round(ttft.sample(random));
    int limit = maxTokens > 0 ? maxTokens : DEFAULT_LENGTH;
    Distribution lengths = settings.answers().outputTokens();
    // Drawn in any case, so that exact lengths change no later draw.
    long drawn = lengths == null ? limit : Math.max(1, Math.round(lengths.sample(random)));
    int answer = exactLength ? limit : (int) Math.min(limit, drawn);
    int reasoning = Math.min(settings.answers().reasoningTokens(), Math.max(0, answer - 1));
    long[] gaps = new long[answer];
    gaps[0] = first;
    for (int i = 1; i < answer; i++) {
      gaps[i] = Math.round(itl.sample(random));
    }
    return new Answer(reasoning, gaps, random.nextLong());
  }

  /** Quantiles looked up: an inverse gamma costs microseconds, and every token draws one. */
  private static final class Tabulated {
    private static final int POINTS = 4096;

    static Distribution of(Distribution exact) {
      return switch (exact) {
        case Distribution.Gamma gamma -> table(gamma);
        case Distribution.Normal normal -> table(normal);
        case Distribution.Constant constant -> constant;
        case Distribution.Uniform uniform -> uniform;
        case Distribution.LogNormal logNormal -> logNormal;
        case Distribution.Exponential exponential -> exponential;
        case Distribution.Percentiles percentiles -> percentiles;
      };
    }

    /** Cut off at the 1e-5 and 1 − 1e-5 quantiles; linear between 4,096 points. */
    private static Distribution table(Distribution exact) {
      double[] shares = new double[POINTS];
      double[] values = new double[POINTS];
      for (int i = 0; i < POINTS; i++) {
        shares[i] = (double) i / (POINTS - 1);
        values[i] = exact.quantile(Math.clamp(shares[i], 1e-5, 1 - 1e-5));
      }
      return new Distribution.Percentiles(shares, values);
    }
  }
}
