package dev.candor.load.transport.simulated;

import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.base.units.Durations;
import dev.candor.engine.EngineRequest;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.ServerHints;
import dev.candor.load.transport.Transport;
import dev.candor.load.transport.simulated.SimulatedLinks.Link;
import dev.candor.load.transport.simulated.SimulatedLinks.Way;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.Outcome;
import dev.candor.scenario.Timeouts;
import dev.candor.workload.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
  private static final long[] NO_ARRIVALS = {};
  private static final int MOST_AT_ONCE = 4096;

  final PreparedRequest request;
  final AttemptTrace trace;
  private final SimulatedTransport transport;
  private final SimulatedServer server;
  private final Scheduler scheduler;
  private final Timeouts timeouts;
  private final Consumer<AttemptTrace> ended;
  private final int tokensPerChunk;
  private SimulatedAnswer answer = SimulatedAnswer.ofLength(1, "");
  private @Nullable Timer deadline;
  private int promptTokens;
  private int cachedTokens;
  private boolean over;
  private boolean reusable;
  private long begun;
  private List<Gate.Ending> endings = List.of();
  private Gate.@Nullable Cut cut;
  private @Nullable Link link;
  private @Nullable Way way;

  /** When each event arrives. */
  private long[] arrivals = NO_ARRIVALS;

  /** Tokens of each, where an event may have several; else null. */
  private int @Nullable [] sizes;

  private int known;
  private int noted;
  private int notedTokens;
  private int produced;
  private int inEvent;
  private boolean brokenOff;

  /** At the engines. */
  long id = -1;

  /** Whether the server is at work on it, or has it in a queue. */
  boolean served;

  SimulatedExchange(
      SimulatedTransport transport,
      PreparedRequest request,
      AttemptTrace trace,
      Consumer<AttemptTrace> ended) {
    this.transport = transport;
    this.server = transport.server;
    this.scheduler = transport.scheduler;
    this.timeouts = transport.timeouts;
    this.request = request;
    this.trace = trace;
    this.ended = ended;
    this.tokensPerChunk = server.terms().tokensPerChunk();
  }

  void start() {
    begun = scheduler.nanoTime();
    transport.pool.start(this);
    if (link == null) {
      // It waits for a connection.
      arm();
    }
  }

  /** It has a connection, which is made {@code anew} for it. */
  void onLink(Link taken, boolean anew) {
    link = taken;
    way = taken.way(trace.request);
    long now = scheduler.nanoTime();
    if (now > begun) {
      trace.blockedNanos = now - begun;
    }
    long setUp = anew ? taken.setUpNanos() : 0;
    if (anew && setUp > timeouts.connectNanos()) {
      scheduler.at(now + timeouts.connectNanos(), this::notConnectedInTime);
    } else if (anew && !server.listening()) {
      scheduler.at(now + taken.roundTripNanos(), this::notConnected);
    } else if (setUp > 0) {
      scheduler.at(now + setUp, () -> send(setUp));
    } else {
      send(anew ? 0 : AttemptTrace.NO_INSTANT);
    }
  }

  private void send(long connectNanos) {
    if (over) {
      return;
    }
    long now = scheduler.nanoTime();
    trace.connectNanos = connectNanos;
    trace.sent = now;
    if (deadline != null) {
      deadline.cancel();
    }
    arm();
    long arrives = way().toServer(now, request.inputTokens());
    if (arrives <= now) {
      server.submit(this);
    } else {
      scheduler.at(
          arrives,
          () -> {
            if (!over) {
              server.submit(this);
            }
          });
    }
  }

  private Way way() {
    return Objects.requireNonNull(way, "not on a connection");
  }

  /** What it is going to be answered. */
  void answeredWith(int prompt, SimulatedAnswer with) {
    promptTokens = prompt;
    answer = with;
    arrivals = new long[Math.clamp(with.tokens(), 1, MOST_AT_ONCE)];
    if (trace.whole || tokensPerChunk > 1) {
      sizes = new int[arrivals.length];
    }
  }

  /** A gate has let it through, on its conditions. */
  void admitted(Gate.Admitted by) {
    if (by.equals(Gate.Admitted.FREELY)) {
      return;
    }
    if (endings.isEmpty()) {
      endings = new ArrayList<>();
    }
    endings.add(by.ending());
    Gate.Cut wanted = by.cut();
    if (wanted != null && (cut == null || wanted.afterTokens() < cut.afterTokens())) {
      cut = wanted;
    }
  }

  /** It has ended at the server, as its gates are to know; without effect a second time. */
  void endedAtServer(Gate.Served with) {
    List<Gate.Ending> told = endings;
    endings = List.of();
    for (Gate.Ending each : told) {
      each.ended(with, scheduler.nanoTime());
    }
  }

  /** What the server has done for it. */
  Gate.Served soFar(boolean clientLeft) {
    return new Gate.Served(promptTokens, cachedTokens, produced, clientLeft);
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
    Gate.Cut known = cut;
    if (known != null) {
      token = Math.min(token, Math.max(0, known.afterTokens() - 1));
    }
    return token < answer.tokens() ? (int) token : EngineRequest.NONE;
  }

  void scheduled(int cached) {
    cachedTokens = cached;
  }

  void tokens(long[] nanos, int from, int count) {
    if (!over && cut == null && isPlain() && way().isInstant()) {
      plainTokens(nanos, from, count);
      return;
    }
    for (int i = from; i < from + count; i++) {
      token(nanos[i]);
    }
  }

  /** Whether each token is an event of the answer, and nobody asks for its text. */
  private boolean isPlain() {
    return sizes == null && answer.reasoningTokens() == 0 && !trace.keepsAnswer();
  }

  /** Events that arrive as their tokens are ready. */
  private void plainTokens(long[] nanos, int from, int count) {
    if (known + count > arrivals.length) {
      arrivals = Arrays.copyOf(arrivals, Math.max(2 * arrivals.length, known + count));
    }
    System.arraycopy(nanos, from, arrivals, known, count);
    int before = known;
    known += count;
    produced += count;
    if (before == 0) {
      scheduler.at(arrivals[0], this::began);
    }
    if (before < trace.leaveAfter && known >= trace.leaveAfter) {
      scheduler.at(arrivals[trace.leaveAfter - 1], this::hasReadEnough);
    }
  }

  void token(long nanos) {
    if (brokenOff) {
      return;
    }
    produced++;
    Gate.Cut known = cut;
    if (known != null && produced >= known.afterTokens() && known.afterTokens() < answer.tokens()) {
      brokenOff = true;
      if (known.afterTokens() > 0) {
        told(nanos, true);
      }
      breakOff(nanos, known);
    } else {
      told(nanos, produced == answer.tokens());
    }
  }

  private void told(long nanos, boolean last) {
    if (over) {
      return;
    }
    inEvent++;
    if (trace.whole) {
      if (last && !brokenOff) {
        event(nanos, produced);
      }
    } else if (last || inEvent == tokensPerChunk || produced == answer.reasoningTokens()) {
      event(nanos, inEvent);
      inEvent = 0;
    }
  }

  private void breakOff(long nanos, Gate.Cut by) {
    long at = way().toClient(nanos, 0);
    // Not from within an engine.
    scheduler.at(nanos, () -> server.breakOff(this));
    scheduler.at(
        at,
        () -> {
          if (!over) {
            served = false;
            trace.httpStatus = 200;
            note(at);
            failNow(by.outcome(), by.why());
          }
        });
  }

  private void event(long nanos, int tokens) {
    if (known == arrivals.length) {
      arrivals = Arrays.copyOf(arrivals, 2 * known);
      sizes = sizes == null ? null : Arrays.copyOf(sizes, 2 * known);
    }
    if (sizes != null) {
      sizes[known] = tokens;
    }
    long arrives = way().toClient(nanos, tokens);
    arrivals[known++] = arrives;
    if (known == 1) {
      scheduler.at(arrives, this::began);
    }
    if (known == trace.leaveAfter && !trace.whole) {
      scheduler.at(arrives, this::hasReadEnough);
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
    if (isPlain()) {
      int until = known;
      while (until > noted && arrivals[until - 1] > now) {
        until--;
      }
      if (until > noted && !trace.finished()) {
        noted = until;
        trace.onTokens(arrivals, until);
      }
      return;
    }
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
    if (over || brokenOff) {
      return;
    }
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
    reusable = true;
    end(trace.judge(true, transport.exactLength), last);
  }

  /** The server takes no connection. */
  private void notConnected() {
    failNow(Outcome.CONNECT_FAILED, "the simulated server takes no connection");
  }

  private void notConnectedInTime() {
    failNow(
        Outcome.TIMEOUT_CONNECT,
        "timeout connect: over " + Durations.format(Duration.ofNanos(timeouts.connectNanos())));
  }

  private void failNow(Outcome outcome, String why) {
    if (!over) {
      trace.fail(outcome, why);
      end(outcome, scheduler.nanoTime());
    }
  }

  /** The server says no. */
  void refused(int status, String why) {
    refused(status, why, ServerHints.NONE);
  }

  /** The server says no, and when to come again. */
  void refused(int status, String why, ServerHints hints) {
    served = false;
    Outcome outcome = Outcome.ofStatus(status);
    long at = way().toClient(scheduler.nanoTime(), 0);
    scheduler.at(
        at,
        () -> {
          if (!over) {
            trace.httpStatus = status;
            trace.headers = at;
            trace.hints = hints;
            reusable = true;
            failNow(outcome, "HTTP %d: %s".formatted(status, why));
          }
        });
  }

  /** The server went away. */
  void broken() {
    served = false;
    long at = way().toClient(scheduler.nanoTime(), 0);
    scheduler.at(
        at,
        () -> {
          if (!over) {
            note(at);
            failNow(Outcome.DISCONNECTED, "the simulated server crashed");
          }
        });
  }

  private void arm() {
    // Until there is a token, no gap behind one can be too long before this.
    long idle = noted == 0 ? later(scheduler.nanoTime(), timeouts.idleNanos()) : Long.MAX_VALUE;
    long due = Math.min(due(), idle);
    if (due < Long.MAX_VALUE) {
      deadline = scheduler.at(due, this::check);
    }
  }

  /** The next deadline, of what is known to have arrived. */
  private long due() {
    long total = ultimately();
    if (trace.sent == AttemptTrace.NO_INSTANT) {
      return total;
    }
    if (noted == 0) {
      long first =
          trace.whole
              ? timeouts.headersNanos()
              : Math.min(timeouts.headersNanos(), timeouts.firstTokenNanos());
      return Math.min(later(trace.sent, first), total);
    }
    return Math.min(later(arrivals[noted - 1], timeouts.idleNanos()), total);
  }

  /** The end of the whole: from its sending on, or as long as that lasts, from its beginning. */
  private long ultimately() {
    return later(trace.sent == AttemptTrace.NO_INSTANT ? begun : trace.sent, timeouts.totalNanos());
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
    server.tellSoFar(now, this);
    note(now);
    if (now < due()) {
      arm();
    } else if (now >= ultimately()) {
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
      server.tellSoFar(now, this);
      note(now);
      leave();
      end(outcome, now);
    }
  }

  /** Has the server stop working on it. */
  private void leave() {
    if (served) {
      served = false;
      long latency = Objects.requireNonNull(link, "not on a connection").latencyNanos();
      if (latency == 0) {
        server.cancel(this);
      } else {
        scheduler.after(latency, () -> server.cancel(this));
      }
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
    if (link == null) {
      transport.pool.leave(this);
    } else {
      transport.pool.release(link, reusable);
    }
    ended.accept(trace);
  }
}
