package dev.candor.load.retry;

import dev.candor.record.GivenUp;

/** What follows an attempt that has ended. */
public sealed interface Decision {
  /** Nothing, and nothing failed that could be tried again. */
  record Over() implements Decision {
    static final Over OVER = new Over();
  }

  /** Another attempt, this long after the end. */
  record Again(long pauseNanos) implements Decision {}

  /** Nothing: the request has failed. */
  record Stop(GivenUp why) implements Decision {}
}
