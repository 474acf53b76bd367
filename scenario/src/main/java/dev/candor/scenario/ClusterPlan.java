package dev.candor.scenario;

import java.util.List;

/**
 * Engines of a simulation.
 *
 * @param pools at least one
 */
public record ClusterPlan(List<Pool> pools) {
  public ClusterPlan {
    pools = List.copyOf(pools);
  }

  /** Replicas that are alike. */
  public record Pool(String name, MockEngine engine) {}
}
