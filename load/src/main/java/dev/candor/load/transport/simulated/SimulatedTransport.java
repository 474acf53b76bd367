package dev.candor.load.transport.simulated;

import dev.candor.base.time.Scheduler;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.scenario.Connections;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import java.util.function.Consumer;

/**
 * Carries requests to a {@link SimulatedServer}, on whatever time its scheduler runs. <b>For that
 * scheduler's thread only.</b>
 */
public final class SimulatedTransport implements Transport {
  final SimulatedServer server;
  final Scheduler scheduler;
  final Timeouts timeouts;
  final boolean exactLength;
  final SimulatedPool pool;
  private final boolean streamed;

  /** One over a perfect network, whose answers are streamed. */
  public SimulatedTransport(SimulatedServer server, Scheduler scheduler, Timeouts timeouts) {
    this(
        server,
        scheduler,
        timeouts,
        true,
        false,
        new SimulatedPool(SimulatedLinks.perfect(), Connections.DEFAULT, 0, 1));
  }

  /**
   * One that speaks to a server as to {@code target}.
   *
   * @param loop of so many {@code loops}, which share out the target's connections
   */
  public SimulatedTransport(
      SimulatedServer server,
      Scheduler scheduler,
      Target target,
      SimulatedLinks links,
      int loop,
      int loops) {
    this(
        server,
        scheduler,
        target.timeouts(),
        target.streams(),
        target.ignoreEos(),
        new SimulatedPool(links, target.connections(), loop, loops));
  }

  private SimulatedTransport(
      SimulatedServer server,
      Scheduler scheduler,
      Timeouts timeouts,
      boolean streamed,
      boolean exactLength,
      SimulatedPool pool) {
    this.server = server;
    this.scheduler = scheduler;
    this.timeouts = timeouts;
    this.streamed = streamed;
    this.exactLength = exactLength;
    this.pool = pool;
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    trace.whole = !streamed;
    SimulatedExchange exchange = new SimulatedExchange(this, request, trace, ended);
    exchange.start();
    return exchange;
  }

  @Override
  public void settle(long now) {
    server.tellSoFar(now);
  }

  @Override
  public LoopGauges gauges() {
    return new LoopGauges() {
      private long known;

      @Override
      public void probe() {}

      @Override
      public Reading read() {
        long made = pool.made() - known;
        known = pool.made();
        return new Reading(null, null, null, null, pool.open(), made);
      }
    };
  }

  @Override
  public void close() {}
}
