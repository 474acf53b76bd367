package dev.candor.load.driver;

import dev.candor.base.random.Seed;
import dev.candor.scenario.LoadStep;
import dev.candor.workload.arrival.Arrivals;
import dev.candor.workload.arrival.FireTimes;
import dev.candor.workload.arrival.ReplayPlan;
import org.jspecify.annotations.Nullable;

/** The schedules of open and replay steps; every loop draws the same, and takes its share. */
final class Schedules {
  private final @Nullable ReplayPlan replays;

  /**
   * @param replays null where no step replays a trace
   */
  Schedules(@Nullable ReplayPlan replays) {
    this.replays = replays;
  }

  FireTimes of(LoadStep step, Seed seed) {
    return switch (step) {
      case LoadStep.Open open -> Arrivals.of(open, seed);
      case LoadStep.Replay replay when replays != null -> replays.times(replay);
      case LoadStep.Replay replay ->
          throw new IllegalArgumentException(replay.name() + " has no trace");
      case LoadStep.Closed closed ->
          throw new IllegalArgumentException(closed.name() + " has no schedule");
    };
  }
}
