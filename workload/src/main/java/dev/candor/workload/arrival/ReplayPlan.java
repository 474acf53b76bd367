package dev.candor.workload.arrival;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import dev.candor.scenario.LoadStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a trace the replay steps of a run send: which rows, until when, and under which numbers.
 *
 * <p>The prompts of a trace go round and round, and share prefixes within a round only. A replay's
 * arrival i has the content of row first + i whatever was sent before it, as its numbers are its
 * own: those of a round. A window that starts no earlier than the one before ended goes on in its
 * round, so that a conversation finds its beginning in the server's cache; any other begins a new
 * one, as nothing would be new to the server otherwise. All steps that replay nothing share the
 * round behind the last.
 */
public final class ReplayPlan {
  private static final long MILLISECOND = 1_000_000;

  private final List<LoadStep> steps;
  private final RowTimes rows;
  private final Map<Integer, Long> firstNumbers = new TreeMap<>();
  private final long otherNumbers;

  private ReplayPlan(List<LoadStep> steps, RowTimes rows) {
    this.steps = List.copyOf(steps);
    this.rows = rows;
    long round = -1;
    long reached = Long.MAX_VALUE;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof LoadStep.Replay replay) {
        round += round < 0 || replay.fromNanos() < reached ? 1 : 0;
        reached = reached(replay);
        firstNumbers.put(i, round * rows.size() + rows.firstAtOrAfter(replay.fromNanos()));
      }
    }
    otherNumbers = (round + 1) * rows.size();
  }

  /**
   * Plans {@code steps}; those that last as long as the trace get their length.
   *
   * @throws CandorException where the trace has no row in a window
   */
  public static ReplayPlan of(List<LoadStep> steps, RowTimes rows) {
    List<LoadStep> resolved = new ArrayList<>();
    for (LoadStep step : steps) {
      switch (step) {
        case LoadStep.Closed closed -> resolved.add(closed);
        case LoadStep.Open open -> resolved.add(open);
        case LoadStep.Replay replay -> resolved.add(resolved(replay, rows));
      }
    }
    return new ReplayPlan(resolved, rows);
  }

  private static LoadStep.Replay resolved(LoadStep.Replay step, RowTimes rows) {
    int first = rows.firstAtOrAfter(step.fromNanos());
    if (first == rows.size() || rows.atNanos(first) >= step.toNanos()) {
      throw CandorException.user(
          "load: step '%s' replays the trace from %s%s, where it has no row: its last one is at %s"
              .formatted(
                  step.name(),
                  shown(step.fromNanos()),
                  step.toNanos() == Long.MAX_VALUE ? "" : " to " + shown(step.toNanos()),
                  shown(rows.lastNanos())));
    }
    if (step.durationNanos() != LoadStep.Replay.UNTIL_THE_END) {
      return step;
    }
    // The last row is in it, and its length reads well.
    long last = step.offsetNanos(rows.lastNanos());
    return step.lasting((last / MILLISECOND + 1) * MILLISECOND);
  }

  private static String shown(long nanos) {
    return Durations.format(Duration.ofNanos(nanos));
  }

  /** The instant of the trace at which the step stops sending. */
  private static long reached(LoadStep.Replay step) {
    double traceNanos = (step.durationNanos() - step.shiftNanos()) * step.speed();
    return Math.min(step.toNanos(), step.fromNanos() + Math.round(Math.max(0, traceNanos)));
  }

  /** The steps, each with its length. */
  public List<LoadStep> steps() {
    return steps;
  }

  /** What of the trace is not sent, as a step is shorter than its window. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (LoadStep step : steps) {
      if (step instanceof LoadStep.Replay replay) {
        int window =
            rows.firstAtOrAfter(replay.toNanos()) - rows.firstAtOrAfter(replay.fromNanos());
        int sent = 0;
        FireTimes times = times(replay);
        while (times.next() != Long.MAX_VALUE) {
          sent++;
        }
        if (sent < window) {
          notes.add(
              "step %s ends before its window of the trace: %d of its %d rows are not sent"
                  .formatted(replay.name(), window - sent, window));
        }
      }
    }
    return notes;
  }

  /** The schedule of a replay step. */
  public FireTimes times(LoadStep.Replay step) {
    return new ReplayTimes(step, rows);
  }

  /** Replay steps by their index, with the number of the request that each one's first row is. */
  public Map<Integer, Long> firstNumbers() {
    return Map.copyOf(firstNumbers);
  }

  /** The number of the first request that no replay step sends. */
  public long otherNumbers() {
    return otherNumbers;
  }
}
