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
    long lost) {

  /** Instants since the start of the run. */
  public record Gap(long fromNanos, long toNanos) {}

  public RunInfo {
    // Runs of before 2026-12 have none.
    gaps = gaps == null ? List.of() : List.copyOf(gaps);
    phases = List.copyOf(phases);
    notes = List.copyOf(notes);
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
        0);
  }
}
