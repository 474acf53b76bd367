package dev.candor.load.transport.simulated;

import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.base.units.Durations;
import dev.candor.engine.EngineRequest;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import dev.candor.workload.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An attempt at a simulated server. <b>For its scheduler's thread only.</b> */
final class SimulatedExchange implements Transport.Exchange {
  /*
   * An engine tells from within its own methods, and must not be called back from there: an
   * attempt's end, of which its user hears, goes through the scheduler.
   *
   * What an engine tells is when a token is ready, which may be told long after it was. So arrivals
   * are kept in an array, and go into the trace when somebody looks: a second is over, a deadline may
   * have passed, the answer is complete. Only the first is told to the trace at its instant, for a
   * user whose patience asks for it.
   *
   * One timer an attempt is armed for the first deadline that can come. When it fires it looks, and
   * arms itself again where the answer went on.
   */
  private static final byte[] NO_TEXT = {};
  private static final int FIRST_EVENTS = 64;

  final PreparedRequest request;
  final AttemptTrace trace;
  private final SimulatedServer server;
  private final Scheduler scheduler;
  private final Timeouts timeouts;
  private final boolean exactLength;
  private final Consumer<AttemptTrace> ended;
  private final int tokensPerChunk;
  private SimulatedAnswer answer = SimulatedAnswer.ofLength(1, "");
  private @Nullable Timer deadline;
  private int promptTokens;
  private int cachedTokens;
  private boolean over;

  /** When each event arrives. */
  private long[] arrivals = new long[FIRST_EVENTS];

  /** Tokens of each, where an event may have several; else null. */
  private int @Nullable [] sizes;

  private int known;
  private int noted;
  private int notedTokens;
  private int produced;
  private int inEvent;

  /** At the engines. */
  long id = -1;

  /** Whether the server is at work on it, or has it in a queue. */
  boolean served;

  SimulatedExchange(
      SimulatedServer server,
      Scheduler scheduler,
      Timeouts timeouts,
      boolean exactLength,
      PreparedRequest request,
      AttemptTrace trace,
      Consumer<AttemptTrace> ended) {
    this.server = server;
    this.scheduler = scheduler;
    this.timeouts = timeouts;
    this.exactLength = exactLength;
    this.request = request;
    this.trace = trace;
    this.ended = ended;
    this.tokensPerChunk = server.terms().tokensPerChunk();
  }

  void start() {
    trace.sent = scheduler.nanoTime();
    arm();
    server.submit(this);
  }

  /** What it is going to be answered. */
  void answeredWith(int prompt, SimulatedAnswer with) {
    promptTokens = prompt;
    answer = with;
    if (trace.whole || tokensPerChunk > 1) {
      sizes = new int[arrivals.length];
    }
  }

  SimulatedAnswer answer() {
    return answer;
  }

  int promptTokens() {
    return promptTokens;
  }

  /** For routers: the conversation, where it is one. */
  long session() {
    return request.turn().follow() == Session.Follow.NOTHING && request.turn().number() == 0
        ? EngineRequest.NONE
        : request.number();
  }

  /** The last token that its user wants to read, as the engine counts them. */
  int lastWanted() {
    long token = trace.whole ? Long.MAX_VALUE : (long) trace.leaveAfter * tokensPerChunk - 1;
    return token < answer.tokens() ? (int) token : EngineRequest.NONE;
  }

  void scheduled(int cached) {
    cachedTokens = cached;
  }

  void tokens(long[] nanos, int from, int count) {
    for (int i = from; i < from + count; i++) {
      token(nanos[i]);
    }
  }

  void token(long nanos) {
    produced++;
    inEvent++;
    boolean last = produced == answer.tokens();
    if (trace.whole) {
      if (last) {
        event(nanos, produced);
      }
    } else if (last || inEvent == tokensPerChunk || produced == answer.reasoningTokens()) {
      event(nanos, inEvent);
      inEvent = 0;
    }
  }

  private void event(long nanos, int tokens) {
    if (known == arrivals.length) {
      arrivals = Arrays.copyOf(arrivals, 2 * known);
      sizes = sizes == null ? null : Arrays.copyOf(sizes, 2 * known);
    }
    if (sizes != null) {
      sizes[known] = tokens;
    }
    arrivals[known++] = nanos;
    if (known == 1) {
      scheduler.at(nanos, this::began);
    }
    if (known == trace.leaveAfter && !trace.whole) {
      scheduler.at(nanos, this::hasReadEnough);
    }
  }

  private void began() {
    if (!over) {
      trace.httpStatus = 200;
      trace.headers = arrivals[0];
      note(scheduler.nanoTime());
    }
  }

  private void hasReadEnough() {
    if (!over) {
      settle(scheduler.nanoTime());
      leave();
      end(Outcome.ABANDONED, scheduler.nanoTime());
    }
  }

  @Override
  public void settle(long now) {
    note(now);
  }

  /** Writes into the trace what has arrived. */
  private void note(long now) {
    while (noted < known && arrivals[noted] <= now && !trace.finished()) {
      int tokens = sizes == null ? 1 : sizes[noted];
      trace.readNanos = arrivals[noted++];
      TextKind kind = notedTokens < answer.reasoningTokens() ? TextKind.REASONING : TextKind.ANSWER;
      notedTokens += tokens;
      if (trace.keepsAnswer()) {
        byte[] text = text(tokens);
        trace.onText(kind, text, 0, text.length);
      } else {
        trace.onText(kind, NO_TEXT, 0, tokens);
      }
    }
  }

  private byte[] text(int tokens) {
    // As the server would have escaped it, as far as it must be.
    String text = answer.text().apply(tokens).replace("\\", "\\\\");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** All tokens are ready, and told. */
  void finished() {
    served = false;
    long last = arrivals[known - 1];
    scheduler.at(last, () -> complete(last));
  }

  private void complete(long last) {
    if (over) {
      return;
    }
    note(last);
    trace.onUsage(promptTokens, cachedTokens, answer.tokens(), answer.reasoningTokens());
    trace.onFinish(answer.finish());
    trace.onDone();
    end(trace.judge(true, exactLength), last);
  }

  /** The server takes no connection. */
  void notConnected() {
    served = false;
    trace.sent = AttemptTrace.NO_INSTANT;
    fail(Outcome.CONNECT_FAILED, "the simulated server is down");
  }

  /** The server says no. */
  void refused(int status, String why) {
    served = false;
    trace.httpStatus = status;
    trace.headers = scheduler.nanoTime();
    fail(
        status >= 500 ? Outcome.SERVER_ERROR : Outcome.REJECTED,
        "HTTP %d: %s".formatted(status, why));
  }

  /** The server went away. */
  void broken() {
    served = false;
    note(scheduler.nanoTime());
    fail(Outcome.DISCONNECTED, "the simulated server crashed");
  }

  private void fail(Outcome outcome, String why) {
    trace.fail(outcome, why);
    long now = scheduler.nanoTime();
    scheduler.at(now, () -> end(outcome, now));
  }

  private void arm() {
    long due = due();
    if (due < Long.MAX_VALUE) {
      deadline = scheduler.at(due, this::check);
    }
  }

  /** The next deadline, of what is known to have arrived. */
  private long due() {
    long total = later(trace.sent, timeouts.totalNanos());
    if (noted == 0) {
      long first =
          trace.whole
              ? timeouts.headersNanos()
              : Math.min(timeouts.headersNanos(), timeouts.firstTokenNanos());
      return Math.min(later(trace.sent, first), total);
    }
    return Math.min(later(arrivals[noted - 1], timeouts.idleNanos()), total);
  }

  private static long later(long nanos, long delay) {
    return delay == Long.MAX_VALUE ? Long.MAX_VALUE : nanos + delay;
  }

  private void check() {
    deadline = null;
    long now = scheduler.nanoTime();
    if (over) {
      return;
    }
    server.tellSoFar(now);
    note(now);
    if (now < due()) {
      arm();
    } else if (now >= later(trace.sent, timeouts.totalNanos())) {
      timeOut(Outcome.TIMEOUT_TOTAL, "total", timeouts.totalNanos());
    } else if (noted > 0) {
      timeOut(Outcome.TIMEOUT_IDLE, "idle", timeouts.idleNanos());
    } else if (trace.whole || timeouts.headersNanos() <= timeouts.firstTokenNanos()) {
      timeOut(Outcome.TIMEOUT_HEADERS, "headers", timeouts.headersNanos());
    } else {
      timeOut(Outcome.TIMEOUT_FIRST_TOKEN, "first_token", timeouts.firstTokenNanos());
    }
  }

  private void timeOut(Outcome outcome, String which, long limitNanos) {
    trace.fail(
        outcome,
        "timeout %s: over %s".formatted(which, Durations.format(Duration.ofNanos(limitNanos))));
    leave();
    end(outcome, scheduler.nanoTime());
  }

  @Override
  public void cut(Outcome outcome) {
    if (!over) {
      long now = scheduler.nanoTime();
      server.tellSoFar(now);
      note(now);
      leave();
      end(outcome, now);
    }
  }

  /** Has the server stop working on it. */
  private void leave() {
    if (served) {
      served = false;
      server.cancel(this);
    }
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
    if (!trace.done()) {
      trace.end = nanos;
    }
    ended.accept(trace);
  }
}
