package dev.candor.scenario;

import dev.candor.base.stats.Distribution;

/**
 * What lies between a simulated load generator and its engines.
 *
 * @param latencyNanos of a packet one way, drawn for each connection
 */
public record SimulatedNetwork(Distribution latencyNanos) {
  /** Nothing. */
  public static final SimulatedNetwork NONE = new SimulatedNetwork(new Distribution.Constant(0));
}
