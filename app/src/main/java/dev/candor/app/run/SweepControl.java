package dev.candor.app.run;

import dev.candor.analysis.StepFigures;
import dev.candor.analysis.Summary;
import dev.candor.analysis.saturation.MeasuredStep;
import dev.candor.analysis.saturation.StepSeries;
import dev.candor.analysis.saturation.SweepSearch;
import dev.candor.base.error.CandorException;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries a sweep out: adds its steps to the load one by one, ends each when its figures are there
 * or when it is plain that they will not come, and waits until what it has in flight has ended.
 *
 * <p>{@link #add} and {@link #second} are called by the writer, {@link #tick} by whoever drives it,
 * several times a second; hence the lock, taken per attempt and never per token.
 */
final class SweepControl {
  private static final long SECOND = 1_000_000_000;
  private static final int SILENT_SECONDS = 15;
  private static final double SILENT_TTFTS = 3;
  private static final int LAST_OF_HOLD = 500;

  private final Scenario scenario;
  private final Sweep sweep;
  private final LoadRun load;
  private final long origin;
  private final BooleanSupplier writer;
  private final Preparation preparation;
  private final SweepSearch search;
  private final Outages outages;
  private final List<MeasuredStep> measured = new ArrayList<>();
  private final Map<Integer, SweepStep> marks = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private State state = State.WARMING_UP;
  private @Nullable SweptStep current;
  private @Nullable CompletableFuture<Boolean> idle;
  private double next;
  private boolean writerIdle;
  private boolean holding;
  private boolean held;
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

  /**
   * @param load to which no step has been added yet
   * @param origin of the run, on the loops' clock, when the warm-up begins
   * @param writer whether it has nothing left to hand over
   */
  SweepControl(
      Scenario scenario,
      Sweep sweep,
      LoadRun load,
      long origin,
      BooleanSupplier writer,
      Preparation preparation) {
    this.scenario = scenario;
    this.sweep = sweep;
    this.load = load;
    this.origin = origin;
    this.writer = writer;
    this.preparation = preparation;
    this.search = new SweepSearch(sweep);
    this.outages = new Outages(search);
    LoadStep warmup = scenario.steps().getFirst();
    var _ = load.add(warmup, origin, sweep.step().drainNanos());
    stateUntil = origin + warmup.durationNanos();
  }

  /** Takes an attempt that has ended. */
  synchronized void add(AttemptRecord attempt) {
    SweptStep step = current;
    if (step == null) {
      return;
    }
    if (attempt.phase() == step.index) {
      step.series.add(attempt);
      step.watch.ended();
    } else if (attempt.phase() == step.index - 1) {
      step.series.addOfRamp(attempt);
    }
  }

  /**
   * Takes a second of the run: whether anything was in flight, what came, and whether the client
   * was the bottleneck.
   */
  synchronized void second(int second, double inFlight, long tokenEvents, boolean limited) {
    SweptStep step = current;
    if (step != null && state == State.MEASURING && step.covers(second)) {
      step.watch.second(inFlight, tokenEvents, limited);
    }
  }

  /** Does what is due at {@code now}, on the loops' clock. */
  void tick(long now) throws InterruptedException {
    if (load.stopped()) {
      return;
    }
    if (begins(now)) {
      // Unlocked: it may take seconds, and the writer must not wait.
      String failure = prepared();
      if (failure == null) {
        begin();
      } else {
        unprepared(failure, now);
      }
    }
  }

  /** Prepares the cache; null, or why that failed. */
  private @Nullable String prepared() throws InterruptedException {
    try {
      preparation.prepare();
      return null;
    } catch (CandorException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A target whose cache cannot be prepared is out of order, as one whose step fails. */
  private synchronized void unprepared(String why, long now) {
    switch (outages.failed(next, why, search.knee(measured), false)) {
      case Outages.Verdict.Again again -> {
        next = again.level();
        stateUntil = now + again.waitNanos();
      }
      case Outages.Verdict.Bad bad -> stop(bad.why());
      case Outages.Verdict.Stop stop -> stop(stop.why());
    }
  }

  private void stop(String why) {
    stoppedBy = why;
    over();
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
    writerIdle = false;
  }

  private void measuring(long now) {
    SweptStep step = Objects.requireNonNull(current);
    StepWatch.End end = step.look(now - origin);
    if (end != null) {
      load.end(step.index);
      // Load that the target cannot take is off it within a second.
      boolean hopeful = !end.disturbed() && goodSoFar(step);
      awaitIdle(now, hopeful ? sweep.step().drainNanos() : SECOND / 2);
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
        // What began on the way up may still be there.
        load.cut(current.index - 1);
      }
      idle = load.idle();
      return;
    }
    if (!allTold()) {
      return;
    }
    SweptStep step = current;
    current = null;
    state = State.PAUSING;
    stateUntil = now + sweep.step().pauseNanos();
    if (step == null) {
      next = level(search.next(measured));
    } else {
      judge(step, now);
    }
  }

  /** Whether the last attempts have come here too: the writer is behind the loops. */
  private boolean allTold() {
    boolean told = writerIdle;
    writerIdle = writer.getAsBoolean();
    return told && writerIdle;
  }

  private static double level(SweepSearch.Next decision) {
    return switch (decision) {
      case SweepSearch.Next.Measure measure -> measure.level();
      case SweepSearch.Next.Done ignored ->
          throw new IllegalStateException("a sweep that has not begun is over");
    };
  }

  private void judge(SweptStep step, long now) {
    if (holding) {
      marks.put(step.index, step.held());
      holding = false;
      held = true;
      over();
      return;
    }
    MeasuredStep found = soFar(step);
    SweepStep disturbed = found.step();
    SweepStep.Mark mark = search.mark(found);
    String tooFew = step.end().disturbed() ? null : search.tooFew(found, measured);
    if (tooFew != null) {
      marks.put(step.index, disturbed.because(tooFew));
      follow(new Outages.Verdict.Stop(tooFew), step, found, now);
      return;
    }
    String failures = mark == SweepStep.Mark.BAD ? step.failures() : null;
    String ofClient = mark == SweepStep.Mark.BAD ? step.watch.clientsFault() : null;
    if (step.end().disturbed()) {
      failed(step, found, false, now);
    } else if (failures != null) {
      failed(step, new MeasuredStep(disturbed.because(failures), found.figures()), false, now);
    } else if (ofClient != null) {
      failed(step, new MeasuredStep(disturbed.because(ofClient), found.figures()), true, now);
    } else {
      measured(step, new MeasuredStep(step.marked(mark), found.figures()));
      // With all its steps: a repeat at the knee alone may well be bad.
      boolean good = search.knee(measured) >= step.level;
      follow(outages.measured(step.level, good), step, found, now);
    }
  }

  private MeasuredStep soFar(SweptStep step) {
    SweepStep disturbed = step.marked(SweepStep.Mark.DISTURBED);
    return new MeasuredStep(
        disturbed, StepFigures.of(step.phase(disturbed), step.series.attempts(), scenario));
  }

  private boolean goodSoFar(SweptStep step) {
    return search.mark(soFar(step)) == SweepStep.Mark.GOOD;
  }

  private void failed(SweptStep step, MeasuredStep found, boolean ofClient, long now) {
    marks.put(step.index, found.step());
    String why = found.step().why();
    follow(outages.failed(step.level, why, search.knee(measured), ofClient), step, found, now);
  }

  private void measured(SweptStep step, MeasuredStep found) {
    marks.put(step.index, found.step());
    measured.add(found);
  }

  private void follow(
      Outages.@Nullable Verdict verdict, SweptStep step, MeasuredStep found, long now) {
    switch (verdict) {
      case null -> goOn();
      case Outages.Verdict.Again again -> {
        next = again.level();
        stateUntil = Math.max(stateUntil, now + again.waitNanos());
      }
      case Outages.Verdict.Bad bad -> {
        SweepStep marked = step.marked(SweepStep.Mark.BAD).because(bad.why());
        measured(step, new MeasuredStep(marked, found.figures()));
        goOn();
      }
      case Outages.Verdict.Stop stop -> stop(stop.why());
    }
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
    current =
        new SweptStep(
            index,
            next,
            step,
            sweep.requestsNeeded(),
            start - origin,
            hold == null
                ? StepSeries.whole(scenario::sloOf)
                : StepSeries.last(scenario::sloOf, LAST_OF_HOLD),
            watch);
    state = State.MEASURING;
  }

  /** A target whose first tokens take long is not silent yet where others are. */
  private int silentSeconds() {
    if (!scenario.target().streams()) {
      return Integer.MAX_VALUE;
    }
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
    SweptStep step = current;
    return switch (state) {
      case WARMING_UP -> "warm-up";
      case MEASURING -> step == null ? "" : step.name();
      case DRAINING -> "draining";
      case PAUSING -> "pause before " + plain(next);
      case OVER -> "over";
    };
  }
}
