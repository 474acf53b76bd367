package dev.candor.base.time;

/**
 * Runs tasks at instants, one after another, on the one thread that owns it. <b>Not safe for use by
 * other threads</b>, except where an implementation says so.
 */
public interface Scheduler {

  /** Monotonic nanoseconds on the clock that {@link #at} uses. */
  long nanoTime();

  /**
   * Runs {@code task} at {@code nanos}, or as soon as possible where that instant has passed. Tasks
   * of one instant run in the order in which they were given.
   */
  Timer at(long nanos, Runnable task);

  /** Runs {@code task} after {@code delayNanos} from now. */
  default Timer after(long delayNanos, Runnable task) {
    return at(nanoTime() + delayNanos, task);
  }
}
