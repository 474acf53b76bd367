package dev.candor.engine.cluster;

/** What happens to one replica at an instant of the run, and is over after a while. */
public sealed interface Disturbance {
  /** As a duration: it is never over. */
  long FOR_EVER = Long.MAX_VALUE;

  /** Index of the pool. */
  int pool();

  /** Of the pool, from 0; with an autoscaler it may not be there, and nothing happens. */
  int replica();

  /** Since the start. */
  long atNanos();

  long forNanos();

  /** All its requests fail; it comes back with a cold cache. */
  record Crash(int pool, int replica, long atNanos, long forNanos) implements Disturbance {}

  /**
   * Its steps take longer.
   *
   * @param factor above 0
   */
  record Slowdown(int pool, int replica, long atNanos, long forNanos, double factor)
      implements Disturbance {}
}
