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
    long lost) {
  public RunInfo {
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
        0);
  }
}
