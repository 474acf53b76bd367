package dev.candor.mock;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.mock.fault.FaultTimetable;
import dev.candor.scenario.FaultRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets faults of the whole service take effect as their windows open and close, and the rules be
 * replaced while it serves. <b>For the mock's event loop.</b>
 */
final class ServiceFaults {
  private final Scheduler scheduler;
  private final Seed seed;
  private FaultTimetable timetable;
  private @Nullable Service service;
  private @Nullable Timer next;

  /** What faults do to a service. */
  interface Service {
    int replicas();

    void slowdown(int replica, double factor);

    void up(int replica, boolean up);

    /** Whether new connections are taken. */
    void listening(boolean listening);
  }

  ServiceFaults(List<FaultRule> rules, Seed seed, Scheduler scheduler) {
    this.seed = seed;
    this.scheduler = scheduler;
    this.timetable = new FaultTimetable(rules, seed, scheduler.nanoTime());
  }

  /** Takes effect on {@code service} from now on. */
  void applyTo(Service faulty) {
    service = faulty;
    apply();
  }

  FaultTimetable timetable() {
    return timetable;
  }

  /** Other rules, whose windows and counts begin at the instant that is returned: now. */
  long replace(List<FaultRule> rules) {
    long now = scheduler.nanoTime();
    timetable = new FaultTimetable(rules, seed, now);
    apply();
    return now;
  }

  private void apply() {
    if (next != null) {
      next.cancel();
    }
    long now = scheduler.nanoTime();
    if (service != null) {
      service.listening(!timetable.refusing(now));
      for (int replica = 0; replica < service.replicas(); replica++) {
        service.slowdown(replica, timetable.slowdown(replica, now));
        service.up(replica, !timetable.crashed(replica, now));
      }
    }
    long change = timetable.nextChange(now);
    if (change != Long.MAX_VALUE) {
      next = scheduler.at(change, this::apply);
    }
  }
}
