package dev.candor.load.driver;

import dev.candor.base.random.Seed;
import dev.candor.load.driver.LoopDriver.LoopStep;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Retries;
import dev.candor.workload.arrival.ReplayPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Carries out load steps on all loops, one after another. Their list is known ahead, or grows while
 * the run lasts. May be used by any thread.
 */
public final class LoadRun {
  private final List<Loop> loops;
  private final List<LoopDriver> drivers = new ArrayList<>();
  private final List<StepPlan> plans = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final long origin;
  private long begin;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private volatile long stoppedAt = Long.MAX_VALUE;

  /**
   * Of steps that share a feed, none of which replays a trace.
   *
   * @param origin when the first step starts, on the loops' clock
   * @param drainNanos how long after its step an attempt may still finish
   */
  public LoadRun(
      List<Loop> loops,
      List<LoadStep> steps,
      long drainNanos,
      Seed seed,
      RequestFeed feed,
      RunSink sink,
      long origin) {
    this(loops, steps, null, drainNanos, seed, ignored -> feed, sink, origin);
  }

  /**
   * Of steps that follow each other without a gap.
   *
   * @param replays what the replay steps among {@code steps} send, null where there is none
   * @param feeds the requests of each step, by its index
   */
  public LoadRun(
      List<Loop> loops,
      List<LoadStep> steps,
      @Nullable ReplayPlan replays,
      long drainNanos,
      Seed seed,
      IntFunction<RequestFeed> feeds,
      RunSink sink,
      long origin) {
    this(loops, steps, replays, Retries.NONE, drainNanos, seed, feeds, sink, origin);
  }

  /**
   * The same, in which what fails is tried again.
   *
   * @param retries how
   */
  public LoadRun(
      List<Loop> loops,
      List<LoadStep> steps,
      @Nullable ReplayPlan replays,
      Retries retries,
      long drainNanos,
      Seed seed,
      IntFunction<RequestFeed> feeds,
      RunSink sink,
      long origin) {
    this(loops, replays, retries, seed, feeds, sink, origin);
    long at = origin;
    for (LoadStep step : steps) {
      var _ = add(step, at, drainNanos);
      at += step.durationNanos();
    }
    complete();
  }

  /**
   * Of steps that are still to be {@link #add added}, until {@link #complete} is called.
   *
   * @param retries how what fails is tried again
   * @param origin of the run, on the loops' clock
   */
  public LoadRun(
      List<Loop> loops,
      @Nullable ReplayPlan replays,
      Retries retries,
      Seed seed,
      IntFunction<RequestFeed> feeds,
      RunSink sink,
      long origin) {
    this.loops = List.copyOf(loops);
    this.origin = origin;
    this.begin = origin;
    Schedules schedules = new Schedules(replays);
    AtomicInteger running = new AtomicInteger(loops.size());
    for (Loop loop : loops) {
      drivers.add(
          new LoopDriver(
              loop,
              loops.size(),
              feeds,
              schedules,
              sink,
              seed,
              retries,
              () -> {
                if (running.decrementAndGet() == 0) {
                  finish();
                }
              }));
    }
  }

  /**
   * Adds a step behind all others.
   *
   * @param startNanos on the loops' clock; not before the end of the step ahead of it
   * @return its index
   */
  public synchronized int add(LoadStep step, long startNanos, long drainNanos) {
    return add(step, startNanos, drainNanos, startNanos);
  }

  /**
   * Adds a step of which only the rest is carried out.
   *
   * @param startNanos when it would have begun, had it been carried out in one go
   * @param fromNanos from when on it is; arrivals scheduled before are left out
   */
  public synchronized int add(LoadStep step, long startNanos, long drainNanos, long fromNanos) {
    StepPlan plan = new StepPlan(plans.size(), step, startNanos, drainNanos, fromNanos);
    plans.add(plan);
    ends.add(plan.endNanos());
    onLoops(driver -> driver.add(plan));
    return plan.index();
  }

  /** The step that the phase {@code index} is of. */
  public synchronized LoadStep step(int index) {
    return plans.get(index).step();
  }

  /** Now, on the loops' clock. */
  public long now() {
    return loops.getFirst().scheduler().nanoTime();
  }

  /** Adds a step that is over: an earlier part of the run has carried it out. */
  public synchronized void skip(LoadStep step) {
    StepPlan plan = new StepPlan(plans.size(), step, origin, 0);
    plans.add(plan);
    ends.add(origin);
    onLoops(driver -> driver.skip(plan));
  }

  /**
   * Says that the run goes on in its middle; to be called ahead of its first step.
   *
   * @param fromNanos when, on the loops' clock
   * @param firstRequest number of the first request
   */
  public synchronized void goOn(long fromNanos, long firstRequest) {
    begin = fromNanos;
    onLoops(driver -> driver.countFrom(firstRequest));
  }

  /** Says that no step follows: the run ends when the last one's attempts have ended. */
  public void complete() {
    onLoops(LoopDriver::complete);
  }

  /** Ends a step now, before its time; what it has in flight goes on. */
  public synchronized void end(int step) {
    ends.set(step, Math.min(ends.get(step), loops.getFirst().scheduler().nanoTime()));
    onLoops(driver -> driver.endNow(step));
  }

  /** Cuts what is in flight of a step, and records it as unfinished. */
  public void cut(int step) {
    onLoops(driver -> driver.cut(step));
  }

  /** Whether no step is under way and nothing in flight, on any loop, once all were asked. */
  public CompletableFuture<Boolean> idle() {
    CompletableFuture<Boolean> idle = CompletableFuture.completedFuture(true);
    for (int i = 0; i < drivers.size(); i++) {
      LoopDriver driver = drivers.get(i);
      idle =
          idle.thenCombine(
              CompletableFuture.supplyAsync(driver::idle, loops.get(i).executor()),
              Boolean::logicalAnd);
    }
    return idle;
  }

  /**
   * The earliest instant of intent of what was asked for and has not ended, {@code Long.MAX_VALUE}
   * where there is none: who was told of all that has ended is told of nothing earlier any more. To
   * be called while no loop is at work, which only virtual time has.
   */
  public long pendingSince() {
    return drivers.stream().mapToLong(LoopDriver::pendingSince).min().orElse(Long.MAX_VALUE);
  }

  private void onLoops(Consumer<LoopDriver> action) {
    for (int i = 0; i < drivers.size(); i++) {
      LoopDriver driver = drivers.get(i);
      loops.get(i).executor().execute(() -> action.accept(driver));
    }
  }

  private void finish() {
    AtomicInteger left = new AtomicInteger(loops.size());
    onLoops(
        driver -> {
          driver.stopHealth();
          if (left.decrementAndGet() == 0) {
            finished.complete(null);
          }
        });
  }

  /** Sets the load going; the result completes when the last attempt has ended. */
  public synchronized CompletableFuture<Void> start() {
    long from = begin;
    onLoops(driver -> driver.start(origin, from));
    return finished;
  }

  /** Ends the load now; attempts in flight are cut and recorded as cancelled. */
  public void stop() {
    stoppedAt = loops.getFirst().scheduler().nanoTime();
    onLoops(LoopDriver::stop);
  }

  /**
   * Ends the load now: nothing more is started, attempts in flight go on, at most as long as their
   * step's drain.
   */
  public void drain() {
    stoppedAt = Math.min(stoppedAt, loops.getFirst().scheduler().nanoTime());
    onLoops(LoopDriver::drain);
  }

  /** The same for one loop alone, <b>on that loop's thread</b>; the others are to follow soon. */
  public void drain(int loop) {
    drivers.get(loop).drain();
  }

  /** Whether {@link #stop} or {@link #drain} was called. */
  public boolean stopped() {
    return stoppedAt != Long.MAX_VALUE;
  }

  /** The steps as they were carried out; to be called once finished. Unbegun steps are left out. */
  public synchronized List<PhaseRecord> phases() {
    List<List<LoopStep>> loopSteps = drivers.stream().map(LoopDriver::progress).toList();
    List<PhaseRecord> phases = new ArrayList<>();
    for (StepPlan plan : plans) {
      if (plan.startNanos() < stoppedAt) {
        phases.add(phase(plan, loopSteps));
      }
    }
    return phases;
  }

  /** The steps while the run lasts, those to come among them; ends are as planned. */
  public CompletableFuture<List<PhaseRecord>> progress() {
    List<StepPlan> known;
    synchronized (this) {
      known = List.copyOf(plans);
    }
    CompletableFuture<List<List<LoopStep>>> all = CompletableFuture.completedFuture(List.of());
    for (int i = 0; i < drivers.size(); i++) {
      LoopDriver driver = drivers.get(i);
      all =
          all.thenCombine(
              CompletableFuture.supplyAsync(driver::progress, loops.get(i).executor()),
              (before, own) -> Stream.concat(before.stream(), Stream.of(own)).toList());
    }
    return all.thenApply(loopSteps -> known.stream().map(plan -> phase(plan, loopSteps)).toList());
  }

  private synchronized PhaseRecord phase(StepPlan plan, List<List<LoopStep>> loopSteps) {
    LoadStep step = plan.step();
    Integer users = null;
    Double rate = null;
    boolean ramp;
    String kind;
    switch (step) {
      case LoadStep.Closed closed -> {
        kind = "closed";
        users = closed.users();
        ramp = closed.users() != closed.fromUsers();
      }
      case LoadStep.Open open -> {
        kind = "open";
        rate = open.ratePerSecond();
        ramp = open.ratePerSecond() != open.fromRatePerSecond();
      }
      case LoadStep.Replay ignored -> {
        kind = "replay";
        ramp = false;
      }
    }
    long held = 0;
    List<Histogram> late = new ArrayList<>();
    for (List<LoopStep> ofLoop : loopSteps) {
      LoopStep own = ofLoop.get(plan.index());
      held += own.heldBack();
      if (own.lateness() != null) {
        late.add(own.lateness());
      }
    }
    return new PhaseRecord(
        plan.index(),
        step.name(),
        kind,
        users,
        rate,
        ramp,
        step.warmup(),
        step.durationNanos(),
        plan.startNanos() - origin,
        Math.min(ends.get(plan.index()), stoppedAt) - origin,
        held,
        late.isEmpty() ? null : StepLateness.together(late));
  }
}
