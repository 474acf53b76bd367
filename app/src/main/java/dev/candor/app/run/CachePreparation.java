package dev.candor.app.run;

import dev.candor.base.time.Clock;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.Scenario;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.Primers;
import dev.candor.workload.SharedPrefixes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Brings the server's prefix cache into the state that a scenario wants, ahead of its run. */
final class CachePreparation {
  private CachePreparation() {}

  /**
   * Prepares it and says how.
   *
   * @param sharedPrefixes takes what was sent ahead: the best possible cache has seen that too
   * @param resumed whether a run goes on, whose cache was emptied at its begin
   */
  static List<String> prepare(
      Scenario scenario,
      List<URI> urls,
      OpenedSource prompts,
      SharedPrefixes sharedPrefixes,
      Clock clock,
      boolean resumed)
      throws InterruptedException {
    CachePlan plan = scenario.workload().cache();
    List<String> notes = new ArrayList<>();
    if (plan == null) {
      return notes;
    }
    String reset = plan.resetPath();
    if (reset != null && !resumed) {
      notes.add(CacheReset.reset(urls, reset));
    }
    boolean primed =
        switch (plan.state()) {
          case CachePlan.Cold ignored -> false;
          case CachePlan.Warm ignored -> true;
          case CachePlan.Mixed ignored -> true;
        };
    if (primed) {
      Primers primers = prompts.primers().get();
      notes.add(Priming.prime(scenario, urls, primers, clock));
      primers.prompts().forEach(sharedPrefixes::count);
    }
    return notes;
  }
}
