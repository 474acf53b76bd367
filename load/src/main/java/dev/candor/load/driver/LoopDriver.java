package dev.candor.load.driver;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.load.health.LoopHealth;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.record.Outcome;
import dev.candor.scenario.LoadStep;
import dev.candor.workload.arrival.Arrivals;
import dev.candor.workload.arrival.FireTimes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Drives one loop's share of the users and arrivals through all steps: user u and arrival i belong
 * to loop u mod loops, i mod loops. <b>For its loop's thread only.</b>
 */
final class LoopDriver {
  private static final long FEED_RETRY_NANOS = 200_000;

  /** A user whose request failed waits: a target that refuses at once is not to be hammered. */
  private static final long FAILURE_PAUSE_NANOS = 100_000_000;

  private final Loop loop;
  private final int loops;
  private final Scheduler scheduler;
  private final RequestFeed feed;
  private final RunSink sink;
  private final LoopHealth health;
  private final Seed seed;
  private final List<StepPlan> steps;
  private final long drainNanos;
  private final Runnable onFinished;
  private final List<User> users = new ArrayList<>();
  private final Set<InFlight> inFlight = new HashSet<>();
  private final ArrayDeque<Long> held = new ArrayDeque<>();
  private final long[] heldBack;
  private @Nullable StepPlan current;
  private int openInFlight;
  private int waitingForFeed;
  private boolean startsOver;
  private boolean finished;

  LoopDriver(
      Loop loop,
      int loops,
      RequestFeed feed,
      RunSink sink,
      Seed seed,
      List<StepPlan> steps,
      long drainNanos,
      Runnable onFinished) {
    this.loop = loop;
    this.loops = loops;
    this.scheduler = loop.scheduler();
    this.feed = feed;
    this.sink = sink;
    this.seed = seed;
    this.steps = steps;
    this.drainNanos = drainNanos;
    this.onFinished = onFinished;
    this.heldBack = new long[steps.size()];
    this.health = new LoopHealth(loop.index(), scheduler, sink, this::inFlightNow, this::usersNow);
  }

  /** Sets the timers of all steps; {@code origin} is the start of the first. */
  void start(long origin) {
    health.start(origin);
    int highest = 0;
    for (StepPlan plan : steps) {
      scheduler.at(plan.startNanos(), () -> begin(plan));
      scheduler.at(plan.endNanos(), () -> end(plan));
      scheduler.at(plan.endNanos() + drainNanos, () -> cut(plan.index(), Outcome.UNFINISHED));
      highest = Math.max(highest, plan.highestLevel());
    }
    for (long user = loop.index(); user < highest; user += loops) {
      users.add(new User(user));
    }
  }

  /** Ends the run now: nothing more is started, what is in flight is cut. */
  void stop() {
    if (!finished) {
      releaseHeld();
      startsOver = true;
      cut(-1, Outcome.CANCELLED);
      finishIfIdle();
    }
  }

  long heldBack(int step) {
    return heldBack[step];
  }

  private void begin(StepPlan plan) {
    if (startsOver) {
      return;
    }
    current = plan;
    for (User user : users) {
      if (!user.active) {
        long joins = plan.joins(user.number);
        if (joins < plan.endNanos()) {
          scheduler.at(joins, () -> user.join(plan, joins));
        }
      }
    }
    if (plan.step() instanceof LoadStep.Open open) {
      new OpenArrivals(plan, open).scheduleNext();
    }
  }

  private void end(StepPlan plan) {
    releaseHeld();
    if (plan.index() == steps.size() - 1) {
      startsOver = true;
      finishIfIdle();
    }
  }

  /** Held-back starts of a step that is over were never sent: that is how they are recorded. */
  private void releaseHeld() {
    for (Long intended = held.poll(); intended != null; intended = held.poll()) {
      PreparedRequest request = feed.poll(loop.index());
      AttemptTrace trace = newTrace(phase(), intended);
      if (request != null) {
        describe(trace, request);
      } else {
        trace.request = -1;
      }
      trace.outcome = Outcome.UNFINISHED;
      trace.error = "held back by max_in_flight until the step was over";
      trace.end = scheduler.nanoTime();
      sink.ended(trace);
    }
  }

  private void cut(int phase, Outcome outcome) {
    for (InFlight each : List.copyOf(inFlight)) {
      if (phase < 0 || each.phase == phase) {
        each.cut(outcome);
      }
    }
  }

  private boolean isCurrent(StepPlan plan) {
    return current != null && current.index() == plan.index();
  }

  private int phase() {
    return current == null ? 0 : current.index();
  }

  private int inFlightNow() {
    return inFlight.size();
  }

  private int usersNow() {
    int active = 0;
    for (User user : users) {
      active += user.active ? 1 : 0;
    }
    return active;
  }

  private void finishIfIdle() {
    if (startsOver && inFlight.isEmpty() && waitingForFeed == 0 && !finished) {
      finished = true;
      health.stop();
      onFinished.run();
    }
  }

  private void startRequest(int phase, long intended, long user, boolean wasHeld, OnEnd onEnd) {
    PreparedRequest request = feed.poll(loop.index());
    if (request == null) {
      // The feed is behind: the client's own lateness, and recorded as such.
      waitingForFeed++;
      scheduler.after(
          FEED_RETRY_NANOS,
          () -> {
            waitingForFeed--;
            if (startsOver
                && current != null
                && scheduler.nanoTime() > current.endNanos() + drainNanos) {
              finishIfIdle();
            } else {
              startRequest(phase, intended, user, wasHeld, onEnd);
            }
          });
      return;
    }
    AttemptTrace trace = newTrace(phase, intended);
    trace.user = user;
    trace.heldBack = wasHeld;
    describe(trace, request);
    InFlight started = new InFlight(phase, onEnd);
    inFlight.add(started);
    started.exchange = loop.transport().start(request, trace, started::ended);
  }

  private AttemptTrace newTrace(int phase, long intended) {
    AttemptTrace trace = sink.trace(loop.index());
    trace.loop = loop.index();
    trace.phase = phase;
    trace.intended = intended;
    trace.user = -1;
    return trace;
  }

  private static void describe(AttemptTrace trace, PreparedRequest request) {
    trace.request = request.number();
    trace.requestClass = request.requestClass();
    trace.inputTokensAsked = request.inputTokens();
    trace.maxTokens = request.maxTokens();
  }

  /** Hears that a request has ended, and whether well. */
  private interface OnEnd {
    void ended(boolean completed);
  }

  /** An attempt that has started and not ended. */
  private final class InFlight {
    final int phase;
    final OnEnd onEnd;
    Transport.@Nullable Exchange exchange;

    InFlight(int phase, OnEnd onEnd) {
      this.phase = phase;
      this.onEnd = onEnd;
    }

    void cut(Outcome outcome) {
      if (exchange != null) {
        exchange.cut(outcome);
      }
    }

    void ended(AttemptTrace trace) {
      boolean completed = trace.outcome == Outcome.COMPLETED;
      inFlight.remove(this);
      health.attemptEnded(trace);
      sink.ended(trace);
      onEnd.ended(completed);
      finishIfIdle();
    }
  }

  /** A user of the closed loop. */
  private final class User {
    final long number;
    final RandomGenerator random;
    boolean active;

    User(long number) {
      this.number = number;
      this.random = seed.derive("user").derive(number).stream();
    }

    void join(StepPlan plan, long intended) {
      if (!active && !startsOver && isCurrent(plan)) {
        active = true;
        ask(intended);
      }
    }

    private void ask(long intended) {
      StepPlan plan = current;
      if (startsOver || plan == null || !plan.wants(number, intended)) {
        active = false;
        rejoin(plan);
        return;
      }
      startRequest(plan.index(), intended, number, false, this::free);
    }

    /** A user that leaves between two steps may be wanted by the one that has begun since. */
    private void rejoin(@Nullable StepPlan plan) {
      if (plan != null && !startsOver) {
        long joins = plan.joins(number);
        if (joins < plan.endNanos() && joins > scheduler.nanoTime()) {
          scheduler.at(joins, () -> join(plan, joins));
        }
      }
    }

    private void free(boolean completed) {
      long now = scheduler.nanoTime() + (completed ? 0 : FAILURE_PAUSE_NANOS);
      StepPlan plan = current;
      double think = plan == null ? 0 : plan.thinkNanos().sample(random);
      if (think < 1) {
        // Through the scheduler: an immediate answer must not recurse.
        scheduler.at(now, () -> ask(now));
      } else {
        long intended = now + (long) think;
        scheduler.at(intended, () -> ask(intended));
      }
    }
  }

  /** The arrivals of an open step that belong to this loop. */
  private final class OpenArrivals {
    final StepPlan plan;
    final FireTimes times;
    final int limit;
    long index = -1;

    OpenArrivals(StepPlan plan, LoadStep.Open open) {
      this.plan = plan;
      this.times = Arrivals.of(open, seed.derive("arrivals").derive(plan.index()));
      Integer cap = open.maxInFlight();
      this.limit =
          cap == null ? Integer.MAX_VALUE : cap / loops + (loop.index() < cap % loops ? 1 : 0);
    }

    void scheduleNext() {
      long next;
      do {
        next = times.next();
        index++;
      } while (next != Long.MAX_VALUE && index % loops != loop.index());
      if (next != Long.MAX_VALUE) {
        long intended = plan.startNanos() + next;
        scheduler.at(intended, () -> arrive(intended));
      }
    }

    private void arrive(long intended) {
      if (startsOver) {
        return;
      }
      scheduleNext();
      if (openInFlight >= limit) {
        heldBack[plan.index()]++;
        held.add(intended);
      } else {
        send(intended, false);
      }
    }

    private void send(long intended, boolean wasHeld) {
      openInFlight++;
      startRequest(plan.index(), intended, -1, wasHeld, this::ended);
    }

    private void ended(boolean completed) {
      openInFlight--;
      if (isCurrent(plan) && openInFlight < limit) {
        Long next = held.poll();
        if (next != null) {
          send(next, true);
        }
      }
    }
  }
}
