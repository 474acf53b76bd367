package dev.candor.load.transport.simulated;

import dev.candor.base.time.Scheduler;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.scenario.Timeouts;
import java.util.function.Consumer;

/**
 * Carries requests to a {@link SimulatedServer}, on whatever time its scheduler runs. <b>For that
 * scheduler's thread only.</b>
 */
public final class SimulatedTransport implements Transport {
  private final SimulatedServer server;
  private final Scheduler scheduler;
  private final Timeouts timeouts;
  private final boolean streamed;
  private final boolean exactLength;

  /** One whose answers are streamed. */
  public SimulatedTransport(SimulatedServer server, Scheduler scheduler, Timeouts timeouts) {
    this(server, scheduler, timeouts, true, false);
  }

  /**
   * @param streamed whether answers come event by event rather than as one object
   * @param exactLength whether an answer must have exactly the tokens asked for
   */
  public SimulatedTransport(
      SimulatedServer server,
      Scheduler scheduler,
      Timeouts timeouts,
      boolean streamed,
      boolean exactLength) {
    this.server = server;
    this.scheduler = scheduler;
    this.timeouts = timeouts;
    this.streamed = streamed;
    this.exactLength = exactLength;
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    trace.whole = !streamed;
    SimulatedExchange exchange =
        new SimulatedExchange(server, scheduler, timeouts, exactLength, request, trace, ended);
    exchange.start();
    return exchange;
  }

  @Override
  public void settle(long now) {
    server.tellSoFar(now);
  }

  @Override
  public void close() {}
}
