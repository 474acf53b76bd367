package dev.candor.app.run;

import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Target;
import java.util.concurrent.TimeUnit;

/**
 * How much of the machine a scenario gets.
 *
 * @param loops event loops
 * @param requestsAhead requests to encode before the run starts, and to keep ready
 */
record RunSize(int loops, int requestsAhead) {
  private static final int MOST_AHEAD = 10_000;

  /**
   * A cap on requests in flight is shared out among the loops: with fewer each, a start would often
   * wait for a place in its own loop while others have some.
   */
  private static final int CAP_A_LOOP = 64;

  /** A trace's rows come in clusters; how fast is not known before it has been read. */
  private static final int REPLAY_A_SECOND = 250;

  private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(10);

  static RunSize of(Scenario scenario) {
    int smallest = Integer.MAX_VALUE;
    int most = 0;
    for (LoadStep step : scenario.highestSteps()) {
      switch (step) {
        case LoadStep.Closed closed -> {
          int users = Math.max(closed.fromUsers(), closed.users());
          smallest = Math.min(smallest, users);
          most = Math.max(most, users);
        }
        case LoadStep.Open open -> {
          Integer cap = open.maxInFlight();
          smallest = cap == null ? smallest : Math.min(smallest, Math.max(1, cap / CAP_A_LOOP));
          double rate = open.highestRatePerSecond();
          most = Math.max(most, (int) Math.min(MOST_AHEAD, Math.ceil(rate)));
        }
        case LoadStep.Replay replay -> {
          Integer cap = replay.maxInFlight();
          smallest = cap == null ? smallest : Math.min(smallest, Math.max(1, cap / CAP_A_LOOP));
          most = Math.max(most, REPLAY_A_SECOND);
        }
      }
    }
    Target target = scenario.target();
    int bound = target.connections().most();
    if (bound > 0) {
      // Each loop has a connection of its own to each address.
      smallest = Math.min(smallest, bound / Math.max(1, target.urls().size()));
    }
    // A step of 3 users is shared by 3 loops at most.
    return new RunSize(Math.clamp(wantedLoops(scenario), 1, Math.max(1, smallest)), 2 * most);
  }

  /** Whether the run is long enough for its memory to be looked at. */
  static boolean lasts(Scenario scenario) {
    return scenario.steps().stream().mapToLong(LoadStep::durationNanos).sum() >= LONG_NANOS;
  }

  private static int wantedLoops(Scenario scenario) {
    int asked = scenario.target().loops();
    int cores = Runtime.getRuntime().availableProcessors();
    // The embedded mock needs its half of the machine.
    int free = scenario.target().url() == null ? Math.max(1, cores / 2) : cores;
    return asked == 0 ? free : asked;
  }
}
