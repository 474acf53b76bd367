package dev.candor.workload.arrival;

/**
 * A schedule: instants in rising order, known without looking at any clock. <b>For one thread.</b>
 */
@FunctionalInterface
public interface FireTimes {

  /** Nanoseconds since the start of the step, {@link Long#MAX_VALUE} once the step is over. */
  long next();

  /** Who arrives at the instant that {@link #next} gave last, from 0; -1: no user in particular. */
  default long user() {
    return -1;
  }
}
