package dev.candor.base.time;

import java.time.Instant;

/**
 * A clock and a scheduler whose time moves only when it is told to, from one scheduled task to the
 * next. <b>For one thread.</b>
 *
 * <pre>{@code
 * var time = new VirtualTime();
 * time.after(5_000, () -> ...);
 * time.runUntilIdle();
 * }</pre>
 */
public final class VirtualTime implements Clock, Scheduler {
  private final TimerQueue tasks = new TimerQueue();
  private final Instant origin;
  private long now;

  /** Time that starts at 0 ns, 2000-01-01T00:00:00Z. */
  public VirtualTime() {
    this(0, Instant.parse("2000-01-01T00:00:00Z"));
  }

  /** Time that starts at {@code nanos}, which is {@code origin} on the calendar. */
  public VirtualTime(long nanos, Instant origin) {
    this.now = nanos;
    this.origin = origin.minusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Instant wallTime() {
    return origin.plusNanos(now);
  }

  @Override
  public Timer at(long nanos, Runnable action) {
    return tasks.add(Math.max(nanos, now), action);
  }

  /** When the next task is due, {@link Long#MAX_VALUE} where there is none. */
  public long nextNanos() {
    return tasks.earliest();
  }

  /** Runs the next task and moves time to its instant; false where none is left. */
  public boolean runNext() {
    long due = tasks.earliest();
    Runnable task = tasks.poll();
    if (task == null) {
      return false;
    }
    now = due;
    task.run();
    return true;
  }

  /** Runs the next task where it is due by {@code nanos}; false where none is. */
  public boolean runNextBy(long nanos) {
    return tasks.earliest() <= nanos && runNext();
  }

  /** Runs tasks until none is left. */
  public void runUntilIdle() {
    while (runNext()) {}
  }

  /** Runs all tasks that are due up to and at {@code nanos}, and leaves time there. */
  public void runUntil(long nanos) {
    while (runNextBy(nanos)) {}
    now = Math.max(now, nanos);
  }
}
