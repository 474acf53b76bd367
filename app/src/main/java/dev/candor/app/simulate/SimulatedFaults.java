package dev.candor.app.simulate;

import dev.candor.base.error.CandorException;
import dev.candor.base.time.Scheduler;
import dev.candor.load.transport.simulated.SimulatedServer;
import dev.candor.mock.fault.FaultTimetable;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;

/**
 * Lets the faults of a whole service take effect as their windows open and close, as the mock does.
 * <b>For its scheduler's thread only.</b>
 */
final class SimulatedFaults {
  private final FaultTimetable timetable;
  private final SimulatedServer server;
  private final Scheduler scheduler;

  private SimulatedFaults(FaultTimetable timetable, SimulatedServer server, Scheduler scheduler) {
    this.timetable = timetable;
    this.server = server;
    this.scheduler = scheduler;
  }

  /**
   * Refuses what of a mock is not simulated.
   *
   * @throws CandorException with the keys to leave out
   */
  static void check(MockSettings settings) {
    for (FaultRule rule : settings.faults()) {
      switch (rule.fault()) {
        case MockFault.OfAnswer fault -> {
          if (!AnswerFaultGate.simulates(fault)) {
            throw CandorException.user(
                "target.mock.faults: %s strikes single answers in a way that is not simulated; of a mock's faults those of its whole service are (brown_out, crash, leak, spike, refuse), and of single answers error, disconnect, truncate, error_frame and a reset after some tokens. Leave it out, or use candor run"
                    .formatted(fault));
          }
        }
        case MockFault.OfService ignored -> {}
      }
    }
  }

  /** Has {@code timetable} take effect on {@code server} from now on. */
  static void apply(FaultTimetable timetable, SimulatedServer server, Scheduler scheduler) {
    if (!timetable.rules().isEmpty()) {
      new SimulatedFaults(timetable, server, scheduler).apply();
    }
  }

  private void apply() {
    long now = scheduler.nanoTime();
    server.listen(!timetable.refusing(now));
    for (int replica = 0; replica < server.replicas(); replica++) {
      server.slowdown(replica, timetable.slowdown(replica, now));
      server.up(replica, !timetable.crashed(replica, now));
    }
    long change = timetable.nextChange(now);
    if (change != Long.MAX_VALUE) {
      var _ = scheduler.at(change, this::apply);
    }
  }
}
