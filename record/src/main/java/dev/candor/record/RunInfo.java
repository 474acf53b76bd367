package dev.candor.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as a whole; run.json.
 *
 * @param version of Candor
 * @param target address and model, for display
 * @param start on the calendar; instants of records count from it
 * @param durationNanos from the start to the last recorded instant
 * @param interrupted whether the user ended it early
 * @param refusal why the run was stopped before its time, where the target could not be tested at
 *     all; null otherwise
 * @param notes what a reader must know: rows left out, keys ignored
 * @param stoppedBy the rule of the scenario's {@code abort} or of its sweep that ended the run, in
 *     a sentence; null where none did
 * @param gaps stretches of the run in which nothing was done, as its process was dead
 * @param lost attempts of which the record or its timeline was dropped, as the writer fell too far
 *     behind
 * @param figuresOnly whether its attempts have no instants of tokens, as it was simulated, and
 *     added up on the way
 */
public record RunInfo(
    String version,
    String scenario,
    long seed,
    String target,
    String model,
    Instant start,
    long durationNanos,
    boolean interrupted,
    @Nullable String refusal,
    int loops,
    String machine,
    List<PhaseRecord> phases,
    List<String> notes,
    @Nullable String stoppedBy,
    List<Gap> gaps,
    long lost,
    boolean figuresOnly) {

  /** In {@code stoppedBy} where the client's own limits ended the run: it makes it invalid. */
  public static final String CLIENT_LIMITED = "the client, not the target, was the bottleneck";

  /** Instants since the start of the run. */
  public record Gap(long fromNanos, long toNanos) {

    /** How much of the time between two instants was in none of {@code gaps}. */
    public static long activeNanos(List<Gap> gaps, long fromNanos, long toNanos) {
      long active = toNanos - fromNanos;
      for (Gap gap : gaps) {
        long from = Math.max(fromNanos, gap.fromNanos());
        active -= Math.max(0, Math.min(toNanos, gap.toNanos()) - from);
      }
      return active;
    }
  }

  public RunInfo {
    // Runs of before 2026-12 have none.
    gaps = gaps == null ? List.of() : List.copyOf(gaps);
    phases = List.copyOf(phases);
    notes = List.copyOf(notes);
  }

  /** The same run as if it had ended at {@code nanos}, of phases that may lie behind that. */
  RunInfo until(long nanos, List<PhaseRecord> planned) {
    return new RunInfo(
        version,
        scenario,
        seed,
        target,
        model,
        start,
        nanos,
        interrupted,
        refusal,
        loops,
        machine,
        planned.stream()
            .filter(phase -> phase.startNanos() < nanos)
            .map(phase -> phase.endingBy(nanos))
            .toList(),
        notes,
        stoppedBy,
        gaps,
        lost,
        figuresOnly);
  }

  /** The same run with other notes. */
  RunInfo ended(boolean wasInterrupted, List<String> allNotes) {
    return new RunInfo(
        version,
        scenario,
        seed,
        target,
        model,
        start,
        durationNanos,
        wasInterrupted,
        refusal,
        loops,
        machine,
        phases,
        allNotes,
        stoppedBy,
        gaps,
        lost,
        figuresOnly);
  }

  /** How long {@code phase} lasted, without what of it fell into a gap. */
  public long activeNanos(PhaseRecord phase) {
    return activeNanos(phase.startNanos(), phase.endNanos());
  }

  /** How much of the time between two instants was in no gap. */
  public long activeNanos(long fromNanos, long toNanos) {
    return Gap.activeNanos(gaps, fromNanos, toNanos);
  }

  /** A run of which nothing was lost. */
  public RunInfo(
      String version,
      String scenario,
      long seed,
      String target,
      String model,
      Instant start,
      long durationNanos,
      boolean interrupted,
      @Nullable String refusal,
      int loops,
      String machine,
      List<PhaseRecord> phases,
      List<String> notes) {
    this(
        version,
        scenario,
        seed,
        target,
        model,
        start,
        durationNanos,
        interrupted,
        refusal,
        loops,
        machine,
        phases,
        notes,
        null,
        List.of(),
        0,
        false);
  }
}
