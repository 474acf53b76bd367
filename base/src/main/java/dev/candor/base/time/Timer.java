package dev.candor.base.time;

/** A task that waits for its instant. To be used on its scheduler's thread only. */
@FunctionalInterface
public interface Timer {

  /** Keeps the task from running; without effect once it has run. */
  void cancel();
}
