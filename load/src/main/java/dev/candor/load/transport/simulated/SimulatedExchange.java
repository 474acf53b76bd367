package dev.candor.load.transport.simulated;

import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An attempt at a simulated server. <b>For its scheduler's thread only.</b> */
final class SimulatedExchange implements Transport.Exchange {
  /*
   * An engine tells from within its own methods, and must not be called back from there: an
   * attempt's end, of which its user hears, goes through the scheduler.
   */
  private static final byte[] TEXT = {'a'};

  private final SimulatedServer server;
  private final Scheduler scheduler;
  private final PreparedRequest request;
  private final AttemptTrace trace;
  private final Consumer<AttemptTrace> ended;
  private @Nullable Timer deadline;
  private int cachedTokens;
  private boolean over;

  /** At the server. */
  long id = -1;

  SimulatedExchange(
      SimulatedServer server,
      Scheduler scheduler,
      PreparedRequest request,
      AttemptTrace trace,
      Consumer<AttemptTrace> ended) {
    this.server = server;
    this.scheduler = scheduler;
    this.request = request;
    this.trace = trace;
    this.ended = ended;
  }

  void start(Timeouts timeouts) {
    trace.sent = scheduler.nanoTime();
    if (timeouts.firstTokenNanos() != Long.MAX_VALUE) {
      deadline = scheduler.after(timeouts.firstTokenNanos(), this::waitedInVain);
    }
    server.submit(this, Math.max(1, request.inputTokens()), Math.max(1, request.maxTokens()));
  }

  private void waitedInVain() {
    if (!trace.hasToken()) {
      trace.fail(Outcome.TIMEOUT_FIRST_TOKEN, "no token in time");
      server.cancel(id);
      end(Outcome.TIMEOUT_FIRST_TOKEN, scheduler.nanoTime());
    }
  }

  void scheduled(int cached) {
    cachedTokens = cached;
    trace.httpStatus = 200;
    trace.headers = scheduler.nanoTime();
  }

  void token(long nanos) {
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
    trace.readNanos = nanos;
    trace.onText(TextKind.ANSWER, TEXT, 0, 1);
    if (trace.finished() && !over) {
      // Its user has read enough.
      scheduler.at(
          nanos,
          () -> {
            server.cancel(id);
            end(Outcome.ABANDONED, nanos);
          });
    }
  }

  void finished() {
    trace.onUsage(request.inputTokens(), cachedTokens, trace.events(), 0);
    trace.onFinish("length");
    trace.onDone();
    long at = trace.readNanos;
    scheduler.at(at, () -> end(trace.judge(true, false), at));
  }

  /** The server is not there. */
  void notConnected() {
    trace.sent = AttemptTrace.NO_INSTANT;
    fail(Outcome.CONNECT_FAILED, "the simulated server is down");
  }

  /** The server says no. */
  void refused(int status) {
    trace.httpStatus = status;
    trace.headers = scheduler.nanoTime();
    Outcome outcome = status >= 500 ? Outcome.SERVER_ERROR : Outcome.REJECTED;
    fail(outcome, "HTTP " + status);
  }

  /** The server went away. */
  void broken() {
    fail(Outcome.DISCONNECTED, "the simulated server crashed");
  }

  private void fail(Outcome outcome, String why) {
    trace.fail(outcome, why);
    long now = scheduler.nanoTime();
    scheduler.at(now, () -> end(outcome, now));
  }

  @Override
  public void cut(Outcome outcome) {
    server.cancel(id);
    end(outcome, scheduler.nanoTime());
  }

  private void end(Outcome outcome, long nanos) {
    if (over) {
      return;
    }
    over = true;
    if (deadline != null) {
      deadline.cancel();
    }
    trace.outcome = outcome;
    trace.end = nanos;
    ended.accept(trace);
  }
}
