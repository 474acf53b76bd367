package dev.candor.app.run;

import dev.candor.base.error.CandorException;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.LoadRun;
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.StartLateness;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands in time: it begins, or goes on behind the gap that its process's death has
 * left.
 *
 * @param origin the run's start on the clock; for one that goes on, as if the clock had run on
 * @param from when the load begins, or goes on, on the clock
 * @param start of the run on the calendar
 * @param gaps so far
 * @param left what an earlier process has left, null for a new run
 */
record Timeline(
    long origin, long from, Instant start, List<RunInfo.Gap> gaps, @Nullable LeftRun left) {
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A gap is never shorter: two records of one instant would tell of no time lost. */
  private static final long LEAST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A run that begins now. */
  static Timeline begin(Clock clock) {
    long origin = clock.nanoTime() + HEAD_START_NANOS;
    Instant start = clock.wallTime().plusNanos(HEAD_START_NANOS);
    return new Timeline(origin, origin, start, List.of(), null);
  }

  /** Goes on now with what {@code left} tells of. */
  static Timeline goOn(LeftRun left, Clock clock) {
    Instant start = left.checkpoint().run().start();
    // Of two processes the calendar is all they share. Where it was set back, time goes on all the
    // same.
    long sinceStart = Duration.between(start, clock.wallTime()).toNanos() + HEAD_START_NANOS;
    long last = left.logged().lastNanos();
    long from = Math.max(sinceStart, last + LEAST_GAP_NANOS);
    List<RunInfo.Gap> gaps = new ArrayList<>(left.checkpoint().run().gaps());
    gaps.add(new RunInfo.Gap(last, from));
    long now = clock.nanoTime() + HEAD_START_NANOS;
    return new Timeline(now - from, now, start, List.copyOf(gaps), left);
  }

  /** How much of the step {@code index} an earlier process has carried out. */
  static long done(LeftRun left, int index) {
    PhaseRecord phase = left.checkpoint().planned().get(index);
    long last = left.logged().lastNanos();
    return last <= phase.startNanos()
        ? 0
        : left.checkpoint().run().activeNanos(phase.startNanos(), Math.min(last, phase.endNanos()));
  }

  /** The first step that is not over; the number of steps where all are. */
  static int firstLeft(LeftRun left) {
    List<PhaseRecord> planned = left.checkpoint().planned();
    int index = 0;
    while (index < planned.size() && planned.get(index).endNanos() <= left.logged().lastNanos()) {
      index++;
    }
    return index;
  }

  /**
   * Refuses what cannot go on.
   *
   * @throws CandorException with the reason
   */
  static void check(LeftRun left, Scenario scenario, String version) {
    RunInfo run = left.checkpoint().run();
    String place = "--resume: " + left.directory().path() + ": ";
    if (!run.version().equals(version)) {
      throw CandorException.user(
          place
              + "Candor %s recorded it, this is %s; only the same one can go on with it"
                  .formatted(run.version(), version));
    }
    if (scenario.sweep() != null || left.checkpoint().ofSweep()) {
      throw CandorException.user(
          place + "a sweep cannot go on: what it does next depends on steps that must be whole");
    }
    if (left.checkpoint().planned().size() != scenario.steps().size()) {
      throw CandorException.user(
          place
              + "its scenario.yaml has %d steps, but the run was of %d"
                  .formatted(scenario.steps().size(), left.checkpoint().planned().size()));
    }
    if (firstLeft(left) == scenario.steps().size()) {
      throw CandorException.user(
          place
              + "its load was over when its process ended, nothing of it is left to do; candor report shows what was recorded");
    }
  }

  /** How long the load has been under way at {@code now}, on the clock, gaps left out. */
  long activeNanos(long now) {
    long dead = gaps.stream().mapToLong(gap -> gap.toNanos() - gap.fromNanos()).sum();
    return now - origin - dead;
  }

  /** Adds the steps that are left to do. */
  void addSteps(LoadRun load, List<LoadStep> steps, long drainNanos) {
    int first = 0;
    long at = origin;
    if (left != null) {
      first = firstLeft(left);
      at = from - done(left, first);
      load.goOn(from, left.logged().highestRequest() + 1 + left.unrecorded());
    }
    for (int i = 0; i < steps.size(); i++) {
      LoadStep step = steps.get(i);
      if (i < first) {
        load.skip(step);
      } else {
        var _ = load.add(step, at, drainNanos, Math.max(at, from));
        at += step.durationNanos();
      }
    }
    load.complete();
  }

  /** The phases of the whole run, of those that {@code load} tells of. */
  List<PhaseRecord> phases(List<PhaseRecord> ofLoad) {
    if (left == null) {
      return ofLoad;
    }
    List<PhaseRecord> planned = left.checkpoint().planned();
    int first = firstLeft(left);
    return ofLoad.stream()
        .map(
            phase ->
                phase.index() < first
                    ? planned.get(phase.index())
                    : phase.index() == first ? together(planned.get(first), phase) : phase)
        .toList();
  }

  private static PhaseRecord together(PhaseRecord before, PhaseRecord after) {
    return new PhaseRecord(
        after.index(),
        after.name(),
        after.kind(),
        after.users(),
        after.ratePerSecond(),
        after.ramp(),
        after.warmup(),
        after.plannedNanos(),
        before.startNanos(),
        after.endNanos(),
        before.heldBack() + after.heldBack(),
        together(before.lateness(), after.lateness()),
        after.sweep());
  }

  /** A quantile of both is at most the larger of the two. */
  private static @Nullable StartLateness together(
      @Nullable StartLateness a, @Nullable StartLateness b) {
    if (a == null || a.count() == 0) {
      return b;
    }
    if (b == null || b.count() == 0) {
      return a;
    }
    long count = a.count() + b.count();
    return new StartLateness(
        count,
        (a.meanNanos() * a.count() + b.meanNanos() * b.count()) / count,
        Math.min(a.minNanos(), b.minNanos()),
        Math.max(a.p50Nanos(), b.p50Nanos()),
        Math.max(a.p90Nanos(), b.p90Nanos()),
        Math.max(a.p95Nanos(), b.p95Nanos()),
        Math.max(a.p99Nanos(), b.p99Nanos()),
        Math.max(a.p999Nanos(), b.p999Nanos()),
        Math.max(a.maxNanos(), b.maxNanos()));
  }

  /** What the last gap means for the figures, in sentences; empty for a run that begins. */
  List<String> notes() {
    if (left == null) {
      return List.of();
    }
    RunInfo.Gap gap = gaps.getLast();
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            Locale.ROOT,
            "%.1f s lost between %.1f s and %.1f s of the run as its process was dead; rates and durations leave them out",
            (gap.toNanos() - gap.fromNanos()) / 1e9,
            gap.fromNanos() / 1e9,
            gap.toNanos() / 1e9));
    notes.addAll(left.losses());
    return notes;
  }
}
