package dev.candor.analysis;

import dev.candor.scenario.CachePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server's cache was in the state that the scenario asked for: a warm one taken for a
 * cold one makes a server look twice as fast as it is.
 */
final class CacheDeviation {
  private CacheDeviation() {}

  /** A result for each phase whose hit rate was asked for. */
  static List<Summary.ThresholdResult> judge(@Nullable CachePlan plan, List<Summary.Phase> phases) {
    List<Summary.ThresholdResult> results = new ArrayList<>();
    if (plan == null || plan.tolerance() >= 1) {
      return results;
    }
    for (Summary.Phase phase : phases) {
      Summary.Cache cache = phase.cache();
      Double asked = cache.asked();
      if (asked == null) {
        continue;
      }
      Double reached = cache.hitRate() != null ? cache.hitRate() : cache.serverHitRate();
      results.add(
          new Summary.ThresholdResult(
              String.format(
                  Locale.ROOT,
                  "cache_hit_rate of %s within %.3g points of %.1f %% (%s)",
                  phase.name(),
                  plan.tolerance() * 100,
                  asked * 100,
                  plan.state().key()),
              reached,
              reached != null && Math.abs(reached - asked) <= plan.tolerance()));
    }
    return results;
  }
}
