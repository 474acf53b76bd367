package dev.candor.load.driver;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.load.driver.LoopAttempts.Start;
import dev.candor.load.health.LoopHealth;
import dev.candor.load.retry.RetryPolicy;
import dev.candor.record.Outcome;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Retries;
import dev.candor.workload.arrival.FireTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Drives one loop's share of the users and arrivals through all steps: user u and arrival i belong
 * to loop u mod loops, i mod loops. <b>For its loop's thread only.</b>
 */
final class LoopDriver implements LoopHealth.Activity {
  /** A user whose request failed waits: a target that refuses at once is not to be hammered. */
  private static final long FAILURE_PAUSE_NANOS = 100_000_000;

  private final int index;
  private final int loops;
  private final Scheduler scheduler;
  private final LoopHealth health;
  private final LoopAttempts attempts;
  private final LoopSessions sessions;
  private final Seed seed;
  private final List<StepPlan> steps = new ArrayList<>();
  private final Runnable onFinished;
  private final List<User> users = new ArrayList<>();
  private final StepLateness lateness;
  private final Schedules schedules;
  private final OpenLoop open;
  private @Nullable StepPlan current;
  private int begun = -1;
  private boolean complete;
  private boolean startsOver;
  private boolean finished;

  LoopDriver(
      Loop loop,
      int loops,
      IntFunction<RequestFeed> feeds,
      Schedules schedules,
      RunSink sink,
      Seed seed,
      Retries retries,
      Runnable onFinished) {
    this.index = loop.index();
    this.loops = loops;
    this.scheduler = loop.scheduler();
    this.seed = seed;
    this.onFinished = onFinished;
    this.health = new LoopHealth(index, scheduler, loop.transport().gauges(), sink);
    this.lateness = new StepLateness();
    this.schedules = schedules;
    this.attempts =
        new LoopAttempts(
            loop,
            loops,
            feeds,
            sink,
            health,
            lateness,
            retries.any()
                ? new RetryPolicy(retries, seed.derive("retries"), scheduler, loops)
                : null,
            this::finishIfIdle);
    this.sessions = new LoopSessions(loop, feeds);
    this.open = new OpenLoop(loop, loops, attempts, sessions);
  }

  /**
   * Begins the account of seconds; {@code origin} is the run's start, and it goes on at {@code
   * from}.
   */
  void start(long origin, long from) {
    health.start(origin, from, this);
  }

  /** Gives the requests numbers from {@code first} on; ahead of the first step. */
  void countFrom(long first) {
    attempts.countFrom(first);
  }

  /** Takes the next step, which is over. */
  void skip(StepPlan plan) {
    steps.add(plan);
    lateness.add(plan.step());
    begun = plan.index();
  }

  /** Takes the next step, and sets its timers. */
  void add(StepPlan plan) {
    steps.add(plan);
    lateness.add(plan.step());
    schedule(plan);
    for (long user = index + (long) users.size() * loops;
        user < plan.highestLevel();
        user += loops) {
      users.add(new User(user));
    }
    scheduler.at(plan.endNanos(), () -> end(plan));
    scheduler.at(plan.cutNanos(), () -> attempts.cut(plan.index(), Outcome.UNFINISHED));
    scheduler.at(plan.fromNanos(), () -> begin(plan));
  }

  /** No step follows those that were added. */
  void complete() {
    complete = true;
    finishIfOver();
  }

  /** Ends a step before its time; without effect on one that is not under way. */
  void endNow(int step) {
    if (isCurrent(step)) {
      end(steps.get(step));
    }
  }

  /** Cuts what is in flight of a step. */
  void cut(int step) {
    attempts.cut(step, Outcome.UNFINISHED);
  }

  /** Whether no step is under way and nothing is in flight. */
  boolean idle() {
    return current == null && attempts.idle();
  }

  /** The earliest intent of what has not ended, {@code Long.MAX_VALUE} where there is nothing. */
  long pendingSince() {
    return Math.min(attempts.pendingSince(), open.heldSince());
  }

  private void schedule(StepPlan plan) {
    switch (plan.step()) {
      case LoadStep.Closed ignored -> {}
      case LoadStep.Open step -> open.schedule(plan, times(plan), step.maxInFlight());
      case LoadStep.Replay step -> open.schedule(plan, times(plan), step.maxInFlight());
    }
  }

  private FireTimes times(StepPlan plan) {
    return schedules.of(plan.step(), seed.derive("arrivals").derive(plan.index()));
  }

  /** Ends the run now: nothing more is started, what is in flight is cut. */
  void stop() {
    if (!finished) {
      startsOver = true;
      open.end();
      attempts.cut(-1, Outcome.CANCELLED);
      finishIfIdle();
    }
  }

  /** What this loop knows of its steps so far. */
  List<LoopStep> progress() {
    List<LoopStep> progress = new ArrayList<>();
    for (StepPlan plan : steps) {
      Histogram late = lateness.of(plan.index());
      progress.add(new LoopStep(open.heldBack(plan.index()), late == null ? null : late.copy()));
    }
    return progress;
  }

  /**
   * A step as one loop had it.
   *
   * @param heldBack starts that the cap delayed
   * @param lateness by how much later than scheduled its starts were made; null without a schedule
   */
  record LoopStep(long heldBack, @Nullable Histogram lateness) {}

  private void begin(StepPlan plan) {
    if (startsOver || plan.index() <= begun) {
      return;
    }
    begun = plan.index();
    current = plan;
    for (User user : users) {
      if (!user.active) {
        long joins = plan.joins(user.number);
        if (joins < plan.endNanos()) {
          scheduler.at(joins, () -> user.join(plan, joins));
        }
      }
    }
    open.begin(plan.index());
  }

  /** Ends a step and begins one that follows at once: no timer of either can come between. */
  private void end(StepPlan plan) {
    if (!isCurrent(plan.index())) {
      return;
    }
    open.end();
    current = null;
    int next = plan.index() + 1;
    if (next < steps.size() && steps.get(next).startNanos() <= scheduler.nanoTime()) {
      begin(steps.get(next));
    }
    finishIfOver();
  }

  private void finishIfOver() {
    if (complete && current == null && begun == steps.size() - 1) {
      startsOver = true;
      finishIfIdle();
    }
  }

  private boolean isCurrent(int step) {
    return current != null && current.index() == step;
  }

  private void finishIfIdle() {
    if (startsOver && attempts.idle() && !finished) {
      finished = true;
      onFinished.run();
    }
  }

  /** Ends the account of seconds: a loop that has finished has them as long as another runs. */
  void stopHealth() {
    health.stop();
  }

  @Override
  public int inFlight() {
    return attempts.inFlight();
  }

  @Override
  public int users() {
    int active = 0;
    for (User user : users) {
      active += user.active ? 1 : 0;
    }
    return active;
  }

  @Override
  public void account(long now) {
    attempts.account(now);
  }

  /** A user of the closed loop, who has a session after the other. */
  private final class User implements LoopSessions.Owner {
    final long number;
    final RandomGenerator random;
    boolean active;

    User(long number) {
      this.number = number;
      this.random = seed.derive("user").derive(number).stream();
    }

    void join(StepPlan plan, long intended) {
      if (!active && !startsOver && isCurrent(plan.index())) {
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
      sessions.start(this, plan.index(), intended, number);
    }

    @Override
    public int phaseAt(long intended) {
      StepPlan plan = current;
      return !startsOver && plan != null && plan.wants(number, intended)
          ? plan.index()
          : LoopSessions.NO_PHASE;
    }

    @Override
    public void admit(Start start) {
      attempts.start(start);
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

    @Override
    public void over(Outcome outcome) {
      // Who gave an answer up had no failure: they go on as after any answer.
      boolean well = outcome == Outcome.COMPLETED || outcome == Outcome.ABANDONED;
      long now = scheduler.nanoTime() + (well ? 0 : FAILURE_PAUSE_NANOS);
      StepPlan plan = current;
      double think = plan == null ? 0 : plan.thinkNanos().sample(random);
      // Through the scheduler even without a thought: an immediate answer must not recurse.
      long intended = think < 1 ? now : now + (long) think;
      scheduler.at(intended, () -> ask(intended));
    }
  }
}
