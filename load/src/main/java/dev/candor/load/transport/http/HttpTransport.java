package dev.candor.load.transport.http;

import dev.candor.base.time.Scheduler;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.scenario.Connections;
import java.util.function.Consumer;

/** One loop's requests to one address. <b>For its event loop's thread only.</b> */
final class HttpTransport implements Transport {
  final Scheduler scheduler;
  final HttpTarget target;
  final ReadBuffer reads = new ReadBuffer();
  final RoundTrip roundTrip = new RoundTrip();
  private final Pool pool;
  private final LoopGauges gauges;

  /**
   * @param most connections
   * @param gauges of the loop
   */
  HttpTransport(
      Scheduler scheduler, HttpTarget target, int most, Opener opener, LoopGauges gauges) {
    this.gauges = gauges;
    this.scheduler = scheduler;
    this.target = target;
    Connections settings = target.connections();
    this.pool =
        new Pool(
            this, opener, most, settings.keepAlive(), target.http2() && !settings.onePerRequest());
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    HttpExchange exchange = new HttpExchange(this, request, trace, ended);
    trace.target = target.index();
    pool.start(exchange);
    return exchange;
  }

  /**
   * Sends the exchange's request again, on a new connection: the kept one that it went to was
   * closed by the server as it was used, and nothing of a response has come. Counts in {@link
   * AttemptTrace#resends}. The exchange must be off its connection.
   */
  void resend(HttpExchange exchange) {
    anew(exchange);
    pool.startOnNew(exchange);
  }

  /** The same on any connection: the server has said that it did not process the request. */
  void resendAnywhere(HttpExchange exchange) {
    anew(exchange);
    pool.start(exchange);
  }

  private static void anew(HttpExchange exchange) {
    exchange.trace.resends++;
    exchange.trace.forgetConnection();
  }

  /** Takes back a connection that is free again; may send the next exchange over it at once. */
  void release(Connection connection) {
    pool.release(connection);
  }

  /** Forgets a connection that no exchange is on: it is not to be used any more. */
  void forget(Connection connection) {
    pool.forget(connection);
  }

  @Override
  public LoopGauges gauges() {
    return gauges;
  }

  @Override
  public void close() {
    pool.close();
  }
}
