package dev.candor.load.transport.http;

import dev.candor.base.time.Timer;
import dev.candor.base.units.Durations;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.ServerHints;
import dev.candor.load.transport.Transport;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt over HTTP: its stage and its deadlines. <b>For its event loop's thread only.</b> */
final class HttpExchange implements Transport.Exchange {
  /*
   * One timer an attempt, armed for the first instant at which this stage or one to come could have
   * its deadline, so that no read and, but for a connection made anew, no stage need touch it. When
   * it fires it looks whether a deadline has passed, and arms itself again if not.
   */
  private enum Stage {
    WAITING,
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
  private @Nullable Place place;
  private Stage stage = Stage.WAITING;
  private long stageSince;
  private long lastRead;
  private @Nullable Timer timer;
  private long armedFor;

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

  /** What x-candor-request says: the request's number, and of a retry which try it is. */
  String number() {
    String number = Long.toString(request.number());
    return trace.attempt == 1 ? number : number + "/" + trace.attempt;
  }

  /** The server refuses; what it tells of when to come again. */
  void refused(Function<String, @Nullable String> header) {
    trace.hints = ServerHints.read(header);
  }

  boolean ended() {
    return stage == Stage.ENDED;
  }

  /** It waits for a connection, whose making has its own deadline. */
  void waits(Place queue) {
    place = queue;
    enter(Stage.WAITING, transport.scheduler.nanoTime());
  }

  /** Instant since which it waits for a connection. */
  long waitingSince() {
    return stageSince;
  }

  void onConnection(Connection taken) {
    place = taken;
    enter(Stage.HEADERS, transport.scheduler.nanoTime());
  }

  /**
   * The socket has taken the request.
   *
   * @param first instant of the first write of it
   * @param last instant of the last
   */
  void requestSent(long first, long last) {
    if (trace.sent == AttemptTrace.NO_INSTANT && !ended()) {
      trace.sent = last;
      trace.sendNanos = last - first;
      enter(stage, last);
    }
  }

  void responseHead(int status, long now) {
    if (trace.sent == AttemptTrace.NO_INSTANT) {
      // The server answered before it had the whole request.
      trace.sent = now;
    }
    trace.httpStatus = status;
    trace.headers = now;
    if (place instanceof Connection used) {
      trace.rttNanos = used.rttNanos();
    }
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
    long now = transport.scheduler.nanoTime();
    long due = Math.min(deadline(), earliestLater(now));
    if (timer != null) {
      if (armedFor <= due) {
        return;
      }
      timer.cancel();
    }
    armedFor = due;
    timer = transport.scheduler.at(due, this::check);
  }

  /**
   * The earliest deadline behind {@code now} that a later stage can have. One that is past strikes
   * as its stage is entered.
   */
  private long earliestLater(long now) {
    long sent = trace.sent == AttemptTrace.NO_INSTANT ? now : trace.sent;
    long idle = now + timeouts.idleNanos();
    long firstToken = sent + timeouts.firstTokenNanos();
    long answer = trace.whole || firstToken <= now ? idle : Math.min(idle, firstToken);
    return switch (stage) {
      case WAITING -> Math.min(now + timeouts.headersNanos(), answer);
      case HEADERS -> answer;
      case FIRST_TOKEN -> idle;
      case IDLE, ENDED -> Long.MAX_VALUE;
    };
  }

  /** The end of the whole: from its sending on, or as long as that lasts, from its beginning. */
  private long ultimately() {
    return (trace.sent == AttemptTrace.NO_INSTANT ? begun : trace.sent) + timeouts.totalNanos();
  }

  private long deadline() {
    long total = ultimately();
    return switch (stage) {
      case WAITING -> total;
      case HEADERS -> Math.min(stageSince + timeouts.headersNanos(), total);
      case FIRST_TOKEN -> Math.min(stageSince + timeouts.firstTokenNanos(), total);
      case IDLE -> Math.min(lastRead + timeouts.idleNanos(), total);
      case ENDED -> Long.MAX_VALUE;
    };
  }

  private void check() {
    timer = null;
    if (ended()) {
      return;
    }
    long now = transport.scheduler.nanoTime();
    if (now < deadline()) {
      arm();
      return;
    }
    boolean total = now >= ultimately();
    switch (stage) {
      case WAITING -> timeOut(Outcome.TIMEOUT_TOTAL, "total", timeouts.totalNanos());
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
    end(outcome, over(which, limitNanos));
  }

  /** What is said of a stage that took longer than it may. */
  static String over(String which, long limitNanos) {
    return "timeout %s: over %s".formatted(which, Durations.format(Duration.ofNanos(limitNanos)));
  }

  @Override
  public void cut(Outcome outcome) {
    end(outcome, null);
  }

  private void end(Outcome outcome, @Nullable String why) {
    if (ended()) {
      return;
    }
    Place left = place;
    if (left != null) {
      left.abort(this, outcome, why);
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
