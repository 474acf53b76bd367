package dev.candor.base.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers in the order of their instants, for a scheduler that is told the time and wakes up for
 * {@link #earliest}. Reads no clock. <b>For one thread.</b>
 *
 * <pre>{@code
 * queue.add(now + 5_000, task);
 * // sleep until queue.earliest()
 * queue.run(now);
 * }</pre>
 */
public final class TimerQueue {
  /*
   * A heap of four children a node, ordered by instant, then by age. Every entry knows its place, so
   * that cancelling takes it out at once: nothing dead is kept, and there is no sweep that could
   * make a loop late. Most timers here are deadlines that are later than all others when they are
   * set and are cancelled long before they are due: they are put in at the end and found near it,
   * and neither moves more than a few entries.
   */
  private static final int CHILDREN = 4;

  private @Nullable Entry[] heap = new Entry[64];
  private int size;
  private long sequence;

  /**
   * Puts {@code task} in at {@code nanos}; tasks of one instant run in the order of their adding.
   */
  public Timer add(long nanos, Runnable task) {
    Entry entry = new Entry(nanos, sequence++, task);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    up(size++, entry);
    return entry;
  }

  /** When the next task is due; {@link Long#MAX_VALUE} where there is none. */
  public long earliest() {
    return size == 0 ? Long.MAX_VALUE : at(0).nanos;
  }

  /** Tasks that wait. */
  public int size() {
    return size;
  }

  /**
   * Runs what is due at {@code now}, earliest first, and no more tasks than there were at the
   * start: tasks that put in further ones which are due at once cannot keep the thread.
   */
  public void run(long now) {
    for (int most = size; most > 0 && size > 0; most--) {
      Entry next = at(0);
      if (next.nanos > now) {
        return;
      }
      remove(next);
      next.task.run();
    }
  }

  /** Takes the earliest task out; null where there is none. */
  @Nullable Runnable poll() {
    if (size == 0) {
      return null;
    }
    Entry next = at(0);
    remove(next);
    return next.task;
  }

  private Entry at(int place) {
    Entry entry = heap[place];
    if (entry == null) {
      throw new AssertionError("no timer at " + place + " of " + size);
    }
    return entry;
  }

  private void remove(Entry entry) {
    int place = entry.place;
    Entry last = at(--size);
    heap[size] = null;
    entry.place = Entry.OUT;
    if (last != entry) {
      up(place, last);
      if (last.place == place) {
        down(place, last);
      }
    }
  }

  private void up(int from, Entry entry) {
    int place = from;
    while (place > 0) {
      int above = (place - 1) / CHILDREN;
      Entry parent = at(above);
      if (parent.isBefore(entry)) {
        break;
      }
      put(place, parent);
      place = above;
    }
    put(place, entry);
  }

  private void down(int from, Entry entry) {
    int place = from;
    for (int child = place * CHILDREN + 1; child < size; child = place * CHILDREN + 1) {
      Entry first = at(child);
      int end = Math.min(child + CHILDREN, size);
      for (int other = child + 1; other < end; other++) {
        if (at(other).isBefore(first)) {
          first = at(other);
        }
      }
      if (entry.isBefore(first)) {
        break;
      }
      int freed = first.place;
      put(place, first);
      place = freed;
    }
    put(place, entry);
  }

  private void put(int place, Entry entry) {
    heap[place] = entry;
    entry.place = place;
  }

  private final class Entry implements Timer {
    static final int OUT = -1;

    final long nanos;
    final long sequence;
    final Runnable task;
    int place = OUT;

    Entry(long nanos, long sequence, Runnable task) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.task = task;
    }

    boolean isBefore(Entry other) {
      return nanos < other.nanos || (nanos == other.nanos && sequence < other.sequence);
    }

    @Override
    public void cancel() {
      if (place != OUT) {
        remove(this);
      }
    }
  }
}
