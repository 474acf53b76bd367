package dev.candor.app.run;

import dev.candor.scenario.CachePlan;
import dev.candor.scenario.Scenario;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.Primers;
import dev.candor.workload.SharedPrefixes;
import java.util.ArrayList;
import java.util.List;

/** Brings the server's prefix cache into the state that a scenario wants, ahead of its run. */
final class CachePreparation {
  private CachePreparation() {}

  /** The prefix caches of a server. */
  interface Caches {
    /** Empties them by the hook {@code path}, and says so. */
    String reset(String path) throws InterruptedException;

    /** Sends {@code primers}, and says what came of it. */
    String prime(Primers primers) throws InterruptedException;
  }

  /**
   * Prepares it and says how.
   *
   * @param caches of the server
   * @param sharedPrefixes takes what was sent ahead: the best possible cache has seen that too
   * @param resumed whether a run goes on, whose cache was emptied at its begin
   */
  static List<String> prepare(
      Scenario scenario,
      Caches caches,
      OpenedSource prompts,
      SharedPrefixes sharedPrefixes,
      boolean resumed)
      throws InterruptedException {
    CachePlan plan = scenario.workload().cache();
    List<String> notes = new ArrayList<>();
    if (plan == null) {
      return notes;
    }
    String reset = plan.resetPath();
    if (reset != null && !resumed) {
      notes.add(caches.reset(reset));
    }
    boolean primed =
        switch (plan.state()) {
          case CachePlan.Cold ignored -> false;
          case CachePlan.Warm ignored -> true;
          case CachePlan.Mixed ignored -> true;
        };
    if (primed) {
      Primers primers = prompts.primers().get();
      notes.add(caches.prime(primers));
      primers.prompts().forEach(sharedPrefixes::count);
    }
    return notes;
  }
}
