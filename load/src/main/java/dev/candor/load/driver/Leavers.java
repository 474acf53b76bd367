package dev.candor.load.driver;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.load.transport.PreparedRequest.Leaving;
import dev.candor.scenario.Abandon;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which requests are given up by their users, and when: drawn by the request's number, so that the
 * same seed has the same users leave. <b>Safe for use by any thread.</b>
 */
public final class Leavers {
  /** Everybody stays. */
  public static final Leavers NONE = new Leavers(List.of(), new Seed(0));

  private final List<Abandon> kinds;
  private final Seed seed;

  public Leavers(List<Abandon> kinds, Seed seed) {
    this.kinds = List.copyOf(kinds);
    this.seed = seed;
  }

  /** When the user of a session's request {@code turn} leaves. */
  Leaving of(long session, int turn) {
    if (kinds.isEmpty()) {
      return Leaving.NEVER;
    }
    Seed own = seed.derive(session);
    RandomGenerator random = (turn == 0 ? own : own.derive(turn)).stream();
    double rest = random.nextDouble();
    for (Abandon kind : kinds) {
      if (rest < kind.share()) {
        return drawn(kind, random);
      }
      rest -= kind.share();
    }
    return Leaving.NEVER;
  }

  private static Leaving drawn(Abandon kind, RandomGenerator random) {
    Distribution patience = kind.patienceNanos();
    Distribution tokens = kind.tokens();
    return new Leaving(
        patience == null ? Leaving.NEVER.patienceNanos() : (long) patience.sample(random),
        tokens == null
            ? Leaving.NEVER.events()
            : Math.clamp(Math.round(tokens.sample(random)), 1, Integer.MAX_VALUE));
  }
}
