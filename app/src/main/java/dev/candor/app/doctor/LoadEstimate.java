package dev.candor.app.doctor;

import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockSettings.Times;
import dev.candor.scenario.Scenario;
import java.util.OptionalDouble;

/**
 * How much load a scenario may put on the client.
 *
 * @param streams requests in flight at once, at most; {@code bounded} whether the scenario itself
 *     bounds them: an open step without {@code max_in_flight} does not, and has as many as it would
 *     start before its first requests time out
 * @param requestsPerSecond started, of the fastest open step; 0 where there is none
 * @param tokensPerSecond received, where the target's speed is known beforehand
 */
public record LoadEstimate(
    long streams, boolean bounded, double requestsPerSecond, OptionalDouble tokensPerSecond) {

  public static LoadEstimate of(Scenario scenario) {
    long streams = 0;
    boolean bounded = true;
    double rate = 0;
    for (LoadStep step : scenario.highestSteps()) {
      switch (step) {
        case LoadStep.Closed closed ->
            streams = Math.max(streams, Math.max(closed.fromUsers(), closed.users()));
        case LoadStep.Open open -> {
          rate = Math.max(rate, open.highestRatePerSecond());
          double fastest = Math.max(open.fromRatePerSecond(), open.ratePerSecond());
          Integer cap = open.maxInFlight();
          double seconds =
              Math.min(open.durationNanos(), scenario.target().timeouts().totalNanos()) / 1e9;
          long most = cap == null ? (long) Math.ceil(fastest * seconds) : cap;
          bounded &= cap != null;
          streams = Math.max(streams, most);
        }
        case LoadStep.Replay replay -> {
          // How fast a trace is, is not known before it has been read.
          Integer cap = replay.maxInFlight();
          bounded &= cap != null;
          streams = Math.max(streams, cap == null ? 0 : cap);
        }
      }
    }
    return new LoadEstimate(streams, bounded, rate, tokens(scenario, bounded ? streams : 0));
  }

  private static OptionalDouble tokens(Scenario scenario, long streams) {
    if (streams > 0
        && scenario.target().url() == null
        && scenario.target().mock().times() instanceof Times.Drawn drawn
        && drawn.itlNanos().mean() > 0) {
      return OptionalDouble.of(streams * 1e9 / drawn.itlNanos().mean());
    }
    return OptionalDouble.empty();
  }
}
