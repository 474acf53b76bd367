package dev.candor.workload;

/**
 * Whom a run's users are, and what they ask. Deterministic: the same seed and number give the same
 * session, and the same answers the same calls. <b>Safe for use by several threads.</b>
 */
public interface SessionSource {

  /** The run's session {@code number}, from 0. */
  Session session(long number);
}
