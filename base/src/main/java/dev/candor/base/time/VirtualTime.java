package dev.candor.base.time;

import java.time.Instant;
import java.util.PriorityQueue;

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
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final Instant origin;
  private long now;
  private long sequence;

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
    Task task = new Task(Math.max(nanos, now), sequence++, action);
    tasks.add(task);
    return () -> task.cancelled = true;
  }

  /** Runs the next task and moves time to its instant; false where none is left. */
  public boolean runNext() {
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      if (!task.cancelled) {
        now = task.nanos;
        task.action.run();
        return true;
      }
    }
    return false;
  }

  /** Runs the next task where it is due by {@code nanos}; false where none is. */
  public boolean runNextBy(long nanos) {
    for (Task task = tasks.peek(); task != null && task.nanos <= nanos; task = tasks.peek()) {
      if (!task.cancelled) {
        return runNext();
      }
      tasks.poll();
    }
    return false;
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

  private static final class Task implements Comparable<Task> {
    final long nanos;
    final long sequence;
    final Runnable action;
    boolean cancelled;

    Task(long nanos, long sequence, Runnable action) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.action = action;
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
