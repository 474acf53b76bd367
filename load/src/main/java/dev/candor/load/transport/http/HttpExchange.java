package dev.candor.load.transport.http;

import dev.candor.base.time.Timer;
import dev.candor.base.units.Durations;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt over HTTP: its stage and its deadlines. <b>For its event loop's thread only.</b> */
final class HttpExchange implements Transport.Exchange {
  /*
   * One timer an attempt. It is armed for the stage's deadline; a read moves the idle deadline
   * without touching the timer, which finds out when it fires and arms itself again.
   */
  private enum Stage {
    CONNECT,
    HEADERS,
    FIRST_TOKEN,
    IDLE,
    ENDED
  }

  final PreparedRequest request;
  final AttemptTrace trace;
  private final HttpTransport transport;
  private final Consumer<AttemptTrace> onEnd;
  private final Timeouts timeouts;
  private final long begun;
  private @Nullable Connection connection;
  private Stage stage = Stage.HEADERS;
  private long stageSince;
  private long lastRead;
  private @Nullable Timer timer;

  HttpExchange(
      HttpTransport transport,
      PreparedRequest request,
      AttemptTrace trace,
      Consumer<AttemptTrace> onEnd) {
    this.transport = transport;
    this.request = request;
    this.trace = trace;
    this.onEnd = onEnd;
    trace.whole = !transport.target.dialect().streamed();
    trace.tokenless = !transport.target.dialect().generates();
    this.timeouts = transport.target.timeouts();
    this.begun = transport.scheduler.nanoTime();
  }

  boolean ended() {
    return stage == Stage.ENDED;
  }

  void startConnecting() {
    enter(Stage.CONNECT, begun);
  }

  void connected() {
    trace.connectNanos = transport.scheduler.nanoTime() - begun;
  }

  void connectFailed(Throwable cause) {
    finish(
        Outcome.CONNECT_FAILED,
        "cannot connect to %s:%d: %s"
            .formatted(transport.target.host(), transport.target.port(), reason(cause)));
  }

  private static String reason(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return "the server's certificate is not trusted (%s); target.tls.ca names an authority to trust"
            .formatted(each.getMessage());
      }
    }
    String message = cause.getMessage();
    // Netty's native transport says "finishConnect(..) failed with error(-111): Connection refused:
    // /127.0.0.1:9", in which the address stands again.
    return message == null
        ? cause.getClass().getSimpleName()
        : message.replaceFirst("^.*error\\(-?\\d+\\): ", "").replaceFirst(": [^ ]*/[^ ]*$", "");
  }

  void onConnection(Connection taken) {
    connection = taken;
    enter(Stage.HEADERS, transport.scheduler.nanoTime());
  }

  void requestSent() {
    if (trace.sent == AttemptTrace.NO_INSTANT && !ended()) {
      trace.sent = transport.scheduler.nanoTime();
      enter(stage, trace.sent);
    }
  }

  void responseHead(int status, long now) {
    if (trace.sent == AttemptTrace.NO_INSTANT) {
      // The server answered before it had the whole request.
      trace.sent = now;
    }
    trace.httpStatus = status;
    trace.headers = now;
    lastRead = now;
    enter(trace.whole ? Stage.IDLE : Stage.FIRST_TOKEN, trace.sent);
  }

  void touched(long now) {
    lastRead = now;
  }

  void firstTokenSeen() {
    enter(Stage.IDLE, trace.sent);
  }

  private void enter(Stage next, long since) {
    if (ended()) {
      return;
    }
    stage = next;
    stageSince = since;
    arm();
  }

  private void arm() {
    if (timer != null) {
      timer.cancel();
    }
    timer = transport.scheduler.at(deadline(), this::check);
  }

  private long deadline() {
    long total =
        (trace.sent == AttemptTrace.NO_INSTANT ? begun : trace.sent) + timeouts.totalNanos();
    return switch (stage) {
      case CONNECT -> stageSince + timeouts.connectNanos();
      case HEADERS -> Math.min(stageSince + timeouts.headersNanos(), total);
      case FIRST_TOKEN -> Math.min(stageSince + timeouts.firstTokenNanos(), total);
      case IDLE -> Math.min(lastRead + timeouts.idleNanos(), total);
      case ENDED -> Long.MAX_VALUE;
    };
  }

  private void check() {
    if (ended()) {
      return;
    }
    long now = transport.scheduler.nanoTime();
    if (now < deadline()) {
      arm();
      return;
    }
    boolean total =
        trace.sent != AttemptTrace.NO_INSTANT && now >= trace.sent + timeouts.totalNanos();
    switch (stage) {
      case CONNECT -> timeOut(Outcome.TIMEOUT_CONNECT, "connect", timeouts.connectNanos());
      case HEADERS -> {
        if (total) {
          timeOut(Outcome.TIMEOUT_TOTAL, "total", timeouts.totalNanos());
        } else {
          timeOut(Outcome.TIMEOUT_HEADERS, "headers", timeouts.headersNanos());
        }
      }
      case FIRST_TOKEN -> {
        if (total) {
          timeOut(Outcome.TIMEOUT_TOTAL, "total", timeouts.totalNanos());
        } else {
          timeOut(Outcome.TIMEOUT_FIRST_TOKEN, "first_token", timeouts.firstTokenNanos());
        }
      }
      case IDLE -> {
        if (total) {
          timeOut(Outcome.TIMEOUT_TOTAL, "total", timeouts.totalNanos());
        } else {
          timeOut(Outcome.TIMEOUT_IDLE, "idle", timeouts.idleNanos());
        }
      }
      case ENDED -> {}
    }
  }

  private void timeOut(Outcome outcome, String which, long limitNanos) {
    end(
        outcome,
        "timeout %s: over %s".formatted(which, Durations.format(Duration.ofNanos(limitNanos))));
  }

  @Override
  public void cut(Outcome outcome) {
    end(outcome, null);
  }

  private void end(Outcome outcome, @Nullable String why) {
    if (ended()) {
      return;
    }
    Connection used = connection;
    if (used != null) {
      used.abort(this, outcome, why);
    } else {
      finish(outcome, why);
    }
  }

  void finish(Outcome outcome, @Nullable String why) {
    if (ended()) {
      return;
    }
    stage = Stage.ENDED;
    if (timer != null) {
      timer.cancel();
    }
    trace.outcome = outcome;
    String error = trace.error == null ? why : trace.error;
    trace.error = error == null ? null : AttemptTrace.shorten(transport.target.redacted(error));
    if (!trace.done()) {
      trace.end = transport.scheduler.nanoTime();
    }
    onEnd.accept(trace);
  }
}
