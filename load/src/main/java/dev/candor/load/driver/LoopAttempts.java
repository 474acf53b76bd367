package dev.candor.load.driver;

import dev.candor.base.time.Timer;
import dev.candor.load.driver.LoopRetries.Retry;
import dev.candor.load.driver.RequestFeed.EndedCall;
import dev.candor.load.health.LoopHealth;
import dev.candor.load.retry.RetryPolicy;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.PreparedRequest.Leaving;
import dev.candor.load.transport.Transport;
import dev.candor.record.Outcome;
import dev.candor.workload.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Starts a loop's attempts and knows those that have not ended. <b>For its loop's thread only.</b>
 */
final class LoopAttempts {
  private static final long FEED_RETRY_NANOS = 200_000;

  /** How many starts that were never made are recorded at a time: streams go on between. */
  private static final int UNSENT_AT_ONCE = 100;

  private static final long UNSENT_PAUSE_NANOS = 1_000_000;

  private final Loop loop;
  private final int loops;
  private final IntFunction<RequestFeed> feeds;
  private final RunSink sink;
  private final LoopHealth health;
  private final StepLateness lateness;
  private final Runnable onIdle;

  /** Null where nothing is tried again. */
  private final @Nullable LoopRetries retries;

  /** Both ends of a list through the attempts in flight, oldest first: no object, no hash, each. */
  private @Nullable InFlight oldest;

  private @Nullable InFlight youngest;
  private int inFlight;
  private int heldInFlight;
  private long firstRequest;
  private long sent;
  private final ArrayDeque<Start> waiting = new ArrayDeque<>();
  private final ArrayDeque<Unsent> unsent = new ArrayDeque<>();
  private boolean polling;

  /** Hears how a request has ended: its last attempt. */
  interface OnEnd {
    /**
     * @param call what was asked and answered; null where it never started
     */
    void ended(Outcome outcome, @Nullable EndedCall call);
  }

  /**
   * A start that the load profile wants.
   *
   * @param request what to send; null: the feed's next
   */
  record Start(
      int phase,
      long intended,
      long user,
      boolean wasHeld,
      @Nullable PreparedRequest request,
      OnEnd onEnd) {}

  /**
   * A start that will not be made; {@code end} is when that was clear.
   *
   * @param retry which it would have been; null: a request's first attempt
   */
  private record Unsent(
      int phase,
      long intended,
      long user,
      long end,
      Outcome outcome,
      String why,
      @Nullable Retry retry) {}

  /**
   * @param loops of the run: the k-th request of loop l is the run's request l + k·loops
   * @param feeds the requests of each step
   * @param lateness takes by how much later than intended each start was made
   * @param policy by which what failed is tried again; null: never
   * @param onIdle called whenever the last attempt has ended
   */
  LoopAttempts(
      Loop loop,
      int loops,
      IntFunction<RequestFeed> feeds,
      RunSink sink,
      LoopHealth health,
      StepLateness lateness,
      @Nullable RetryPolicy policy,
      Runnable onIdle) {
    this.loop = loop;
    this.loops = loops;
    this.feeds = feeds;
    this.lateness = lateness;
    this.sink = sink;
    this.health = health;
    this.onIdle = onIdle;
    this.retries =
        policy == null
            ? null
            : new LoopRetries(loop.scheduler(), policy, this::send, this::leaveWaiting);
  }

  /** Gives the run's first request this number. */
  void countFrom(long first) {
    firstRequest = first;
  }

  boolean idle() {
    return inFlight == 0
        && waiting.isEmpty()
        && unsent.isEmpty()
        && (retries == null || retries.idle());
  }

  /** The earliest intent of what has not ended, {@code Long.MAX_VALUE} where there is nothing. */
  long pendingSince() {
    long earliest = retries == null ? Long.MAX_VALUE : retries.pendingSince();
    for (InFlight each = oldest; each != null; each = each.younger) {
      earliest = Math.min(earliest, each.trace.intended);
      if (heldInFlight == 0) {
        // Those that were not held back were sent as they were intended, one after another.
        break;
      }
    }
    for (Start start : waiting) {
      earliest = Math.min(earliest, start.intended());
    }
    for (Unsent each : unsent) {
      earliest = Math.min(earliest, each.intended());
    }
    return earliest;
  }

  int inFlight() {
    return inFlight;
  }

  /** Starts an attempt now, or as soon as the feed has a request for it, in the order asked. */
  void start(Start start) {
    PreparedRequest request = start.request();
    if (request == null && waiting.isEmpty()) {
      request = poll(start);
    }
    if (request != null) {
      send(start, request);
    } else {
      // The feed is behind: the client's own lateness, and recorded as such.
      waiting.add(start);
      pollLater();
    }
  }

  private @Nullable PreparedRequest poll(Start start) {
    return feeds.apply(start.phase()).poll(loop.index());
  }

  private void pollLater() {
    if (!polling) {
      polling = true;
      loop.scheduler()
          .after(
              FEED_RETRY_NANOS,
              () -> {
                polling = false;
                sendWaiting();
              });
    }
  }

  private void sendWaiting() {
    while (!waiting.isEmpty()) {
      PreparedRequest request = poll(waiting.element());
      if (request == null) {
        pollLater();
        return;
      }
      send(waiting.remove(), request);
    }
  }

  private void send(Start start, PreparedRequest request) {
    if (!start.wasHeld()) {
      // What follows, a wait for a connection or for the server to read, is not the client's doing.
      long late = loop.scheduler().nanoTime() - start.intended();
      health.late(late);
      lateness.add(start.phase(), late);
    }
    AttemptTrace trace = newTrace(start.phase(), start.intended());
    trace.request = firstRequest + loop.index() + sent++ * loops;
    trace.heldBack = start.wasHeld();
    if (retries != null) {
      retries.begun();
    }
    go(new InFlight(start, request, trace, 0), leavesAt(request.leaving()));
  }

  /** Sends a request once more. */
  private void send(Retry retry) {
    health.late(loop.scheduler().nanoTime() - retry.due);
    AttemptTrace trace = newTrace(retry.start.phase(), retry.due);
    trace.request = retry.number;
    retry.describe(trace);
    go(new InFlight(retry.start, retry.request, trace, retry.pauseNanos), retry.leavesAt);
  }

  private void go(InFlight started, long leavesAt) {
    PreparedRequest request = started.request;
    AttemptTrace trace = started.trace;
    trace.user = started.start.user();
    describe(trace, request);
    add(started);
    if (request.turn().follow() == Session.Follow.ANSWER) {
      trace.keepAnswer();
    }
    started.leaveAs(request.leaving(), leavesAt);
    started.exchange = loop.transport().start(request, trace, ignored -> started.ended());
  }

  /** When its user has waited too long, who begins to wait now. */
  private long leavesAt(Leaving leaving) {
    return leaving.patienceNanos() == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : loop.scheduler().nanoTime() + leaving.patienceNanos();
  }

  private void leaveWaiting(Retry retry) {
    withdraw(retry, Outcome.ABANDONED, "its user left while it waited to be tried again");
  }

  private void withdraw(Retry retry, Outcome outcome, String why) {
    long now = loop.scheduler().nanoTime();
    unsent(
        new Unsent(
            retry.start.phase(),
            Math.min(retry.due, now),
            retry.start.user(),
            now,
            outcome,
            why,
            retry));
    retry.start.onEnd().ended(outcome, null);
  }

  /** Records a start that will not be made; of which request it would have been is not known. */
  void neverSent(int phase, long intended, long user, Outcome outcome, String why) {
    unsent(new Unsent(phase, intended, user, loop.scheduler().nanoTime(), outcome, why, null));
  }

  private void unsent(Unsent start) {
    unsent.add(start);
    if (unsent.size() == 1) {
      loop.scheduler().after(0, this::recordUnsent);
    }
  }

  private void recordUnsent() {
    for (int i = 0; i < UNSENT_AT_ONCE && !unsent.isEmpty(); i++) {
      Unsent next = unsent.remove();
      AttemptTrace trace = newTrace(next.phase(), next.intended());
      Retry retry = next.retry();
      if (retry == null) {
        trace.request = trace.session = -1;
      } else {
        trace.request = retry.number;
        retry.describe(trace);
        describe(trace, retry.request);
      }
      trace.user = next.user();
      trace.outcome = next.outcome();
      trace.error = next.why();
      trace.end = next.end();
      sink.ended(trace);
    }
    if (unsent.isEmpty()) {
      tellIfIdle();
    } else {
      loop.scheduler().after(UNSENT_PAUSE_NANOS, this::recordUnsent);
    }
  }

  /** Ends the attempts of {@code phase}, of all where it is negative. */
  void cut(int phase, Outcome outcome) {
    List<Start> dropped = new ArrayList<>();
    waiting.removeIf(start -> (phase < 0 || start.phase() == phase) && dropped.add(start));
    for (Start start : dropped) {
      neverSent(
          start.phase(),
          start.intended(),
          start.user(),
          outcome,
          "the load generator had no request ready");
      start.onEnd().ended(outcome, null);
    }
    if (retries != null) {
      for (Retry retry : retries.cut(phase)) {
        withdraw(retry, outcome, "it waited to be tried again");
      }
    }
    List<InFlight> cut = new ArrayList<>();
    for (InFlight each = oldest; each != null; each = each.younger) {
      if (phase < 0 || each.start.phase() == phase) {
        cut.add(each);
      }
    }
    cut.forEach(each -> each.cut(outcome));
    tellIfIdle();
  }

  /** Tells {@code health} what was sent and received since the last call. */
  void account(long now) {
    loop.transport().settle(now);
    for (InFlight each = oldest; each != null; each = each.younger) {
      each.account(now);
    }
    for (Start start : waiting) {
      health.late(now - start.intended());
    }
  }

  private void add(InFlight started) {
    inFlight++;
    heldInFlight += started.start.wasHeld() ? 1 : 0;
    started.older = youngest;
    if (youngest == null) {
      oldest = started;
    } else {
      youngest.younger = started;
    }
    youngest = started;
  }

  private void remove(InFlight ended) {
    inFlight--;
    heldInFlight -= ended.start.wasHeld() ? 1 : 0;
    InFlight before = ended.older;
    InFlight after = ended.younger;
    if (before == null) {
      oldest = after;
    } else {
      before.younger = after;
    }
    if (after == null) {
      youngest = before;
    } else {
      after.older = before;
    }
  }

  private void tellIfIdle() {
    if (idle()) {
      onIdle.run();
    }
  }

  private AttemptTrace newTrace(int phase, long intended) {
    AttemptTrace trace = sink.trace(loop.index());
    trace.loop = loop.index();
    trace.phase = phase;
    trace.intended = intended;
    trace.user = -1;
    return trace;
  }

  private void describe(AttemptTrace trace, PreparedRequest request) {
    trace.session = request.number();
    trace.turn = request.turn().number();
    trace.sharedTokens = request.sharedTokens();
    trace.requestClass = request.requestClass();
    trace.inputTokensAsked = request.inputTokens();
    trace.maxTokens = request.maxTokens();
  }

  /** An attempt that has started and not ended. */
  private final class InFlight {
    final Start start;
    final PreparedRequest request;
    final AttemptTrace trace;
    Transport.@Nullable Exchange exchange;
    @Nullable InFlight older;
    @Nullable InFlight younger;
    private @Nullable Timer patience;
    private final long pauseBefore;
    private long leavesAt;
    private int eventsAccounted;

    /**
     * @param pauseBefore it, which a policy asked for; 0 where it is the first
     */
    InFlight(Start start, PreparedRequest request, AttemptTrace trace, long pauseBefore) {
      this.start = start;
      this.request = request;
      this.trace = trace;
      this.pauseBefore = pauseBefore;
    }

    /**
     * @param at when its user, who waits since the first attempt, will have waited too long
     */
    void leaveAs(Leaving leaving, long at) {
      leavesAt = at;
      trace.leaveAfter = leaving.events();
      if (at != Long.MAX_VALUE) {
        patience = loop.scheduler().at(at, this::losePatience);
      }
    }

    private void losePatience() {
      if (!trace.hasToken()) {
        trace.error = "its user left without a first token";
        cut(Outcome.ABANDONED);
      }
    }

    void cut(Outcome outcome) {
      if (exchange != null) {
        exchange.cut(outcome);
      }
    }

    void account(long now) {
      if (exchange != null) {
        exchange.settle(now);
      }
      account();
    }

    private void account() {
      health.received(trace.events() - eventsAccounted);
      eventsAccounted = trace.events();
    }

    void ended() {
      Outcome outcome = Objects.requireNonNull(trace.outcome);
      if (patience != null) {
        patience.cancel();
      }
      remove(this);
      account();
      Retry next =
          retries == null ? null : retries.next(start, request, trace, pauseBefore, leavesAt);
      if (retries != null && next != null) {
        sink.ended(trace);
        retries.await(next);
        return;
      }
      EndedCall call = EndedCall.of(request, trace);
      sink.ended(trace);
      start.onEnd().ended(outcome, call);
      tellIfIdle();
    }
  }
}
