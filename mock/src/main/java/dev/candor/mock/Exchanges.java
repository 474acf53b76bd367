package dev.candor.mock;

import dev.candor.base.time.Scheduler;
import dev.candor.mock.audit.AttemptResult;
import dev.candor.mock.metrics.FinishedRequest;
import dev.candor.mock.metrics.MockMetrics;
import dev.candor.mock.quota.Quotas;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The answers under way, and what is settled when one ends: quota, audit, metrics, truth. <b>For
 * the mock's event loop.</b>
 */
final class Exchanges implements Exchange.Service {
  private final Scheduler scheduler;
  private final MockMetrics metrics;
  private final TruthLog truth;
  private final Lateness lateness;
  private final Quotas quotas;
  private final AdmissionQueue queue;
  private final StringBuilder scratch = new StringBuilder(1024);
  private final Set<Exchange> served = new LinkedHashSet<>();

  Exchanges(
      Scheduler scheduler,
      MockMetrics metrics,
      TruthLog truth,
      Lateness lateness,
      Quotas quotas,
      AdmissionQueue queue) {
    this.scheduler = scheduler;
    this.metrics = metrics;
    this.truth = truth;
    this.lateness = lateness;
    this.quotas = quotas;
    this.queue = queue;
  }

  /** Its turn has come. */
  void serving(Exchange exchange) {
    served.add(exchange);
  }

  /** It will not be answered after all, and something else tells the client. */
  void forget(Exchange exchange) {
    leave(exchange);
  }

  private void leave(Exchange exchange) {
    if (served.remove(exchange)) {
      queue.release();
    } else {
      queue.leave(exchange);
    }
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public StringBuilder scratch() {
    scratch.setLength(0);
    return scratch;
  }

  @Override
  public void produced(Exchange exchange, boolean first, long gapNanos) {
    int replica = Math.max(0, exchange.replica());
    long nanos = exchange.lastTokenNanos() + gapNanos;
    if (first) {
      metrics.server().firstToken(replica, nanos, gapNanos, exchange.admitted().promptTokens());
    } else {
      metrics.server().nextToken(replica, nanos, gapNanos);
    }
  }

  @Override
  public void sent(long intendedNanos, long emittedNanos) {
    lateness.record(intendedNanos, emittedNanos);
  }

  @Override
  public void ended(Exchange exchange) {
    Admitted admitted = exchange.admitted();
    quotas.settle(
        admitted.quota(),
        admitted.promptTokens() - exchange.cachedTokens(),
        exchange.sentTokens(),
        exchange.endNanos());
    admitted.attempt().end(result(exchange), exchange.endNanos(), exchange.sentTokens());
    metrics.server().finished(finished(exchange));
    TruthRecord told = exchange.truth();
    told.faults().forEach(metrics::fault);
    truth.add(told);
    leave(exchange);
  }

  private static AttemptResult result(Exchange exchange) {
    if (exchange.complete()) {
      return new AttemptResult.Succeeded();
    }
    String brokenBy = exchange.brokenBy();
    return exchange.clientLeft() || brokenBy == null
        ? new AttemptResult.ClientGone()
        : AttemptResult.Failed.fault(brokenBy);
  }

  private static FinishedRequest finished(Exchange exchange) {
    Admitted admitted = exchange.admitted();
    long arrival = admitted.arrivalNanos();
    long end = exchange.endNanos();
    long start = exchange.startNanos() == 0 ? end : exchange.startNanos();
    long first = exchange.firstTokenNanos() == 0 ? end : exchange.firstTokenNanos();
    long last = exchange.lastTokenNanos() == arrival ? end : exchange.lastTokenNanos();
    return new FinishedRequest(
        Math.max(0, exchange.replica()),
        exchange.complete()
            ? switch (exchange.plan().finish()) {
              case STOP, TOOL_CALLS -> "stop";
              case LENGTH -> "length";
            }
            : "abort",
        admitted.promptTokens(),
        exchange.cachedTokens(),
        exchange.sentTokens(),
        admitted.maxTokens(),
        Math.max(0, start - arrival),
        Math.max(0, first - start),
        Math.max(0, last - first));
  }
}
