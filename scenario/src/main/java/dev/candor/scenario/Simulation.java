package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What only a simulation of a scenario needs to know; a run ignores it.
 *
 * @param network between the load generator and the engines
 * @param cluster the engines; null: those of the target's mock
 * @param records how much is kept of each attempt
 */
public record Simulation(SimulatedNetwork network, @Nullable ClusterPlan cluster, Records records) {
  /** A perfect network, the mock's engines. */
  public static final Simulation DEFAULT =
      new Simulation(SimulatedNetwork.NONE, null, Records.AUTO);

  /** The same with other records. */
  public Simulation withRecords(Records other) {
    return new Simulation(network, cluster, other);
  }

  /** How much is kept of each attempt. */
  public enum Records {
    /** {@link #TOKENS} where they are few enough. */
    AUTO,
    /** The instant of each token. */
    TOKENS,
    /** All but the instants of tokens, whose figures are made while they are simulated. */
    FIGURES
  }
}
