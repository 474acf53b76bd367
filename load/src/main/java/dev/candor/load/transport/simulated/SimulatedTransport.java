package dev.candor.load.transport.simulated;

import dev.candor.base.time.Scheduler;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.scenario.Timeouts;
import java.util.function.Consumer;

/**
 * Carries requests to a {@link SimulatedServer}: their lengths, not their texts, so that no prompt
 * shares a prefix with another. Answers have exactly as many tokens as were asked for, and at least
 * one. Of the timeouts that of the first token holds.
 */
public final class SimulatedTransport implements Transport {
  private final SimulatedServer server;
  private final Scheduler scheduler;
  private final Timeouts timeouts;

  public SimulatedTransport(SimulatedServer server, Scheduler scheduler, Timeouts timeouts) {
    this.server = server;
    this.scheduler = scheduler;
    this.timeouts = timeouts;
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    SimulatedExchange exchange = new SimulatedExchange(server, scheduler, request, trace, ended);
    exchange.start(timeouts);
    return exchange;
  }

  @Override
  public void close() {}
}
