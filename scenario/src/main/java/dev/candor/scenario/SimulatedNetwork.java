package dev.candor.scenario;

import dev.candor.base.stats.Distribution;

/**
 * What lies between a simulated load generator and its engines.
 *
 * @param latencyNanos of a packet one way, drawn for each connection
 * @param jitterNanos on top of it, drawn for each packet
 * @param bytesPerSecond of each connection, each way; infinite: no limit
 * @param loss share of the packets that are lost, at least 0 and less than 1
 * @param proxy on the way
 * @param tls whether connections are encrypted, which costs a round trip more to set up
 */
public record SimulatedNetwork(
    Distribution latencyNanos,
    Distribution jitterNanos,
    double bytesPerSecond,
    double loss,
    Proxy proxy,
    boolean tls) {
  private static final Distribution ZERO = new Distribution.Constant(0);

  /** Nothing. */
  public static final SimulatedNetwork NONE =
      new SimulatedNetwork(ZERO, ZERO, Double.POSITIVE_INFINITY, 0, Proxy.NONE, false);

  /**
   * A gateway or service mesh that all traffic passes.
   *
   * @param requestNanos that it adds to a request on its way to the engine
   * @param eventNanos that it adds to each event of the answer
   */
  public record Proxy(Distribution requestNanos, Distribution eventNanos) {
    public static final Proxy NONE = new Proxy(ZERO, ZERO);
  }

  /** A perfect network but for its latency. */
  public static SimulatedNetwork ofLatency(Distribution latencyNanos) {
    return new SimulatedNetwork(latencyNanos, ZERO, NONE.bytesPerSecond(), 0, Proxy.NONE, false);
  }
}
