package dev.candor.record;

import java.util.List;

/**
 * A run that lasts, as of an instant; .run.json. What was recorded since is in the logs beside it.
 *
 * @param run as it would be reported, had it ended then
 * @param planned its phases with those to come; the ends of what is not over are as planned
 * @param nonce salts its prompts
 */
public record Checkpoint(RunInfo run, List<PhaseRecord> planned, long nonce) {
  public Checkpoint {
    planned = List.copyOf(planned);
  }

  /** Whether a step of a sweep is among its phases. */
  public boolean ofSweep() {
    return planned.stream().anyMatch(phase -> phase.sweep() != null);
  }

  /**
   * That of a run of which all phases are known.
   *
   * @param run with all of its phases, those to come among them
   */
  static Checkpoint of(RunInfo run, long nonce) {
    return new Checkpoint(run.until(run.durationNanos(), run.phases()), run.phases(), nonce);
  }
}
