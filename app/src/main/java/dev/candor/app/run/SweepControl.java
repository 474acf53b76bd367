package dev.candor.app.run;

import dev.candor.analysis.StepFigures;
import dev.candor.analysis.Summary;
import dev.candor.analysis.saturation.MeasuredStep;
import dev.candor.analysis.saturation.StepSeries;
import dev.candor.analysis.saturation.SweepSearch;
import dev.candor.load.driver.LoadRun;
import dev.candor.record.AttemptRecord;
import dev.candor.record.PhaseRecord;
import dev.candor.record.SweepStep;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Sweep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries a sweep out: adds its steps to the load one by one, ends each when its figures are there
 * or when it is plain that they will not come, and waits until what it has in flight has ended.
 *
 * <p>{@link #add} and {@link #second} are called by the writer, {@link #tick} by whoever drives it,
 * several times a second; hence the lock, taken per attempt and never per token.
 */
final class SweepControl {
  /*
   * A step that fails in a way that load need not explain (errors, silence) is measured again after
   * a while. If it fails again, the last good level is: where that fails too, the target is out of
   * order, and gets time to recover; where it is well, the failing level is tried once more, and is
   * bad if it fails for the third time.
   */
  private static final long SECOND = 1_000_000_000;
  private static final long FIRST_PATIENCE = 10 * SECOND;
  private static final int TRIES = 4;
  private static final int SILENT_SECONDS = 15;
  private static final double SILENT_TTFTS = 3;

  private final Scenario scenario;
  private final Sweep sweep;
  private final LoadRun load;
  private final long origin;
  private final Preparation preparation;
  private final SweepSearch search;
  private final List<MeasuredStep> measured = new ArrayList<>();
  private final Map<Integer, SweepStep> marks = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private State state = State.WARMING_UP;
  private @Nullable Step current;
  private @Nullable CompletableFuture<Boolean> idle;
  private double next;
  private boolean holding;
  private boolean held;
  private boolean checking;
  private @Nullable MeasuredStep checkedWell;
  private double suspect;
  private int tries;
  private long stateUntil;
  private @Nullable String stoppedBy;

  /** Brings the target's cache into the state that every step begins with. */
  interface Preparation {
    void prepare() throws InterruptedException;
  }

  private enum State {
    WARMING_UP,
    MEASURING,
    DRAINING,
    PAUSING,
    OVER
  }

  /** The step that is under way, or whose attempts are still in flight. */
  private static final class Step {
    final int index;
    final String name;
    final double level;
    final LoadStep load;
    final long startNanos;
    final StepSeries series;
    final StepWatch watch;
    long endNanos;
    StepWatch.@Nullable End end;

    Step(
        int index,
        String name,
        double level,
        LoadStep load,
        long startNanos,
        StepSeries series,
        StepWatch watch) {
      this.index = index;
      this.name = name;
      this.level = level;
      this.load = load;
      this.startNanos = startNanos;
      this.series = series;
      this.watch = watch;
    }
  }

  /**
   * @param load to which no step has been added yet
   * @param origin of the run, on the loops' clock, when the warm-up begins
   */
  SweepControl(Scenario scenario, Sweep sweep, LoadRun load, long origin, Preparation preparation) {
    this.scenario = scenario;
    this.sweep = sweep;
    this.load = load;
    this.origin = origin;
    this.preparation = preparation;
    this.search = new SweepSearch(sweep);
    LoadStep warmup = scenario.steps().getFirst();
    var _ = load.add(warmup, origin, sweep.step().drainNanos());
    stateUntil = origin + warmup.durationNanos();
  }

  /** Takes an attempt that has ended. */
  synchronized void add(AttemptRecord attempt) {
    Step step = current;
    if (step == null) {
      return;
    }
    if (attempt.phase() == step.index) {
      step.series.add(attempt);
    } else if (attempt.phase() == step.index - 1) {
      step.series.addOfRamp(attempt);
    }
  }

  /** Takes a second of the run: whether anything was in flight, and what came. */
  synchronized void second(double inFlight, long tokenEvents) {
    Step step = current;
    if (step != null && state == State.MEASURING) {
      step.watch.second(inFlight, tokenEvents);
    }
  }

  /** Does what is due at {@code now}, on the loops' clock. */
  void tick(long now) throws InterruptedException {
    if (load.stopped()) {
      return;
    }
    if (begins(now)) {
      // Unlocked: it may take seconds, and the writer must not wait.
      preparation.prepare();
      begin();
    }
  }

  /** Whether a step is to begin. */
  private synchronized boolean begins(long now) {
    switch (state) {
      case WARMING_UP -> {
        if (now >= stateUntil) {
          awaitIdle(now, sweep.step().drainNanos());
        }
      }
      case MEASURING -> measuring(now);
      case DRAINING -> draining(now);
      case PAUSING -> {
        return now >= stateUntil;
      }
      case OVER -> {}
    }
    return false;
  }

  private void awaitIdle(long now, long atMostNanos) {
    state = State.DRAINING;
    stateUntil = now + atMostNanos;
    idle = load.idle();
  }

  private void measuring(long now) {
    Step step = Objects.requireNonNull(current);
    if (now < step.startNanos) {
      return;
    }
    StepWatch.End end = step.watch.look(step.series, step.startNanos - origin, now - origin);
    if (end != null) {
      load.end(step.index);
      step.endNanos = now;
      step.end = end;
      // Load that the target cannot take is off it within a second.
      awaitIdle(now, end.hopeful() ? sweep.step().drainNanos() : SECOND / 2);
    }
  }

  private void draining(long now) {
    CompletableFuture<Boolean> asked = idle;
    if (asked == null || !asked.isDone()) {
      return;
    }
    if (!asked.join()) {
      if (now >= stateUntil && current != null) {
        load.cut(current.index);
      }
      idle = load.idle();
      return;
    }
    Step step = current;
    current = null;
    state = State.PAUSING;
    stateUntil = now + sweep.step().pauseNanos();
    if (step == null) {
      next = level(search.next(measured));
    } else {
      judge(step, now);
    }
  }

  private static double level(SweepSearch.Next decision) {
    return switch (decision) {
      case SweepSearch.Next.Measure measure -> measure.level();
      case SweepSearch.Next.Done ignored ->
          throw new IllegalStateException("a sweep that has not begun is over");
    };
  }

  private void judge(Step step, long now) {
    StepWatch.End end = Objects.requireNonNull(step.end);
    StepSeries.Steady steady = step.series.steady(step.startNanos - origin, step.endNanos - origin);
    SweepStep provisional =
        new SweepStep(
            step.level,
            steady.fromNanos(),
            steady.settled(),
            end.disturbed() ? SweepStep.Mark.DISTURBED : SweepStep.Mark.GOOD,
            end.why());
    MeasuredStep found =
        new MeasuredStep(
            provisional,
            StepFigures.of(phase(step).of(provisional), step.series.attempts(), scenario));
    if (holding) {
      mark(step, provisional, SweepStep.Mark.HOLD, end.why());
      holding = false;
      held = true;
      over();
    } else if (end.disturbed()) {
      disturbed(step, found, now);
    } else {
      SweepStep marked = mark(step, provisional, search.mark(found), end.why());
      MeasuredStep of = new MeasuredStep(marked, found.figures());
      measured.add(of);
      if (checking) {
        checked(of);
      } else {
        settled();
        goOn();
      }
    }
  }

  private SweepStep mark(Step step, SweepStep of, SweepStep.Mark mark, String why) {
    SweepStep marked = new SweepStep(of.level(), of.steadyNanos(), of.settled(), mark, why);
    marks.put(step.index, marked);
    return marked;
  }

  private void goOn() {
    switch (search.next(measured)) {
      case SweepSearch.Next.Measure measure -> next = measure.level();
      case SweepSearch.Next.Done ignored -> holdOrEnd();
    }
  }

  private void holdOrEnd() {
    Sweep.Hold hold = sweep.hold();
    double knee = search.knee(measured);
    if (hold == null || held || knee == 0) {
      over();
    } else {
      holding = true;
      next = SweepSearch.operatingPoint(sweep, knee, hold.share());
    }
  }

  private void disturbed(Step step, MeasuredStep found, long now) {
    SweepStep marked = mark(step, found.step(), SweepStep.Mark.DISTURBED, found.step().why());
    tries++;
    double good = search.knee(measured);
    boolean alone = good == 0 || good >= step.level;
    MeasuredStep well = checkedWell;
    if (well != null && !checking) {
      SweepStep bad =
          mark(
              step,
              marked,
              SweepStep.Mark.BAD,
              marked.why() + ", as before; less load is answered");
      measured.add(new MeasuredStep(bad, found.figures()));
      settled();
      goOn();
    } else if (tries == TRIES) {
      stop(
          "the target did not recover: %s at %s, %d times"
              .formatted(marked.why(), search.text(step.level), tries));
    } else {
      stateUntil = now + (FIRST_PATIENCE << (tries - 1));
      next = step.level;
      if (!checking && !alone && tries == 2) {
        checking = true;
        suspect = step.level;
        tries = 1;
        next = good;
      }
    }
  }

  private void settled() {
    tries = 0;
    checking = false;
    checkedWell = null;
  }

  /** The last good level was measured again, since a higher one had failed twice. */
  private void checked(MeasuredStep again) {
    checking = false;
    tries = 0;
    if (again.step().mark() == SweepStep.Mark.GOOD) {
      checkedWell = again;
      next = suspect;
    } else {
      stop(
          "the target changed: %s was good and is not any more, after %s had failed"
              .formatted(search.text(again.step().level()), search.text(suspect)));
    }
  }

  private void stop(String why) {
    stoppedBy = why;
    over();
  }

  private void over() {
    state = State.OVER;
    load.complete();
  }

  private synchronized void begin() {
    Sweep.Hold hold = holding ? sweep.hold() : null;
    String name = name((hold != null ? "hold" : sweep.dimension().key()) + "-" + plain(next));
    LoadStep step =
        hold != null ? sweep.stepAt(next, name, hold.durationNanos()) : sweep.stepAt(next, name);
    StepWatch watch =
        hold != null
            ? StepWatch.ofHold(hold.durationNanos(), silentSeconds())
            : StepWatch.of(sweep, next, silentSeconds());
    LoadStep ramp = sweep.rampTo(next, name + "-ramp");
    long now = load.now();
    long start = now + ramp.durationNanos();
    long drain = Math.max(sweep.step().drainNanos(), SECOND);
    var _ = load.add(ramp, now, drain);
    int index = load.add(step, start, drain);
    current = new Step(index, name, next, step, start, new StepSeries(scenario::sloOf), watch);
    state = State.MEASURING;
  }

  /** A target whose first tokens take long is not silent yet where others are. */
  private int silentSeconds() {
    double slowest = 0;
    for (MeasuredStep step : measured) {
      Summary.Latency ttft = step.figures().latency().get("ttft");
      if (ttft != null && ttft.max() != null) {
        slowest = Math.max(slowest, ttft.max());
      }
    }
    return (int) Math.max(SILENT_SECONDS, Math.ceil(SILENT_TTFTS * slowest / 1e3));
  }

  private String name(String wanted) {
    int count = names.merge(wanted, 1, Integer::sum);
    return count == 1 ? wanted : wanted + "-" + count;
  }

  private String plain(double level) {
    return switch (sweep.dimension()) {
      case USERS -> Long.toString(Math.round(level));
      case RATE -> String.format(Locale.ROOT, "%.4g", level);
    };
  }

  private PhaseRecord phase(Step step) {
    Integer users = step.load instanceof LoadStep.Closed closed ? closed.users() : null;
    Double rate = step.load instanceof LoadStep.Open open ? open.ratePerSecond() : null;
    return new PhaseRecord(
        step.index,
        step.name,
        users != null ? "closed" : "open",
        users,
        rate,
        false,
        false,
        step.load.durationNanos(),
        step.startNanos - origin,
        step.endNanos - origin,
        0);
  }

  /** The phases of the load, with what was made of them. */
  synchronized List<PhaseRecord> marked(List<PhaseRecord> phases) {
    List<PhaseRecord> all = new ArrayList<>();
    for (PhaseRecord phase : phases) {
      if (phase.warmup()) {
        all.add(phase);
        continue;
      }
      SweepStep mark = marks.get(phase.index());
      double level =
          phase.users() != null
              ? phase.users()
              : phase.ratePerSecond() == null ? 0 : phase.ratePerSecond();
      all.add(
          phase.of(
              mark != null
                  ? mark
                  : new SweepStep(
                      level,
                      phase.startNanos(),
                      false,
                      SweepStep.Mark.INTERRUPTED,
                      "the run ended before it")));
    }
    return all;
  }

  /** Why the sweep ended before its search was over, or null. */
  synchronized @Nullable String stoppedBy() {
    return stoppedBy;
  }

  /** What it is at, for the live view. */
  synchronized String doing() {
    Step step = current;
    return switch (state) {
      case WARMING_UP -> "warm-up";
      case MEASURING -> step == null ? "" : step.name;
      case DRAINING -> "draining";
      case PAUSING -> "pause before " + plain(next);
      case OVER -> "over";
    };
  }
}
