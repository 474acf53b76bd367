package dev.candor.mock.times;

import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Wakes answers at the instants of their tokens: a binary heap behind one timer of the scheduler,
 * so that a token costs no object. <b>For the mock's event loop.</b>
 */
final class TokenTimer {
  private static final int LONGEST_TURN = 2048;

  /**
   * From the end of a turn to the next, at least: where tokens are denser, several share a wake-up,
   * which costs more than the sending of one.
   */
  private static final long REST_NANOS = 50_000;

  private static final long NEVER = Long.MIN_VALUE;

  /** Where nothing waits: what is done with is not to be kept alive from here. */
  private static final Entry NOTHING =
      new Entry() {
        @Override
        long wake(long dueNanos) {
          return Long.MAX_VALUE;
        }
      };

  private final Scheduler scheduler;
  private Entry[] heap = new Entry[64];

  /** The instants beside their entries: two thousand of them stay in the nearest cache. */
  private long[] due = new long[64];

  private int size;
  private boolean running;
  private long lastTurnNanos = NEVER;
  private long armedFor = Long.MAX_VALUE;
  private @Nullable Timer armed;

  TokenTimer(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Something that is woken again and again. */
  abstract static class Entry {

    /** Does what is due; returns the next instant, or {@link Long#MAX_VALUE} at the end. */
    abstract long wake(long dueNanos);
  }

  void add(Entry entry, long dueNanos) {
    push(entry, dueNanos);
    if (!running) {
      arm();
    }
  }

  private void push(Entry entry, long dueNanos) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
      due = Arrays.copyOf(due, size * 2);
    }
    siftUp(size++, entry, dueNanos);
  }

  private void run() {
    armed = null;
    armedFor = Long.MAX_VALUE;
    running = true;
    long now = scheduler.nanoTime();
    for (int turn = 0; size > 0 && due[0] <= now; turn++) {
      if (turn == LONGEST_TURN) {
        // The sockets are to be read too.
        break;
      }
      // Off the heap meanwhile: what it does may add others.
      Entry first = heap[0];
      long dueNanos = due[0];
      size--;
      siftDown(heap[size], due[size]);
      heap[size] = NOTHING;
      long next = first.wake(dueNanos);
      if (next != Long.MAX_VALUE) {
        push(first, next);
      }
      now = scheduler.nanoTime();
    }
    running = false;
    lastTurnNanos = now;
    arm();
  }

  private void arm() {
    long wanted = size == 0 ? Long.MAX_VALUE : Math.max(due[0], rested());
    if (wanted >= armedFor) {
      return;
    }
    if (armed != null) {
      armed.cancel();
    }
    armedFor = wanted;
    armed = scheduler.at(armedFor, this::run);
  }

  private long rested() {
    return lastTurnNanos == NEVER ? NEVER : lastTurnNanos + REST_NANOS;
  }

  private void siftUp(int free, Entry entry, long dueNanos) {
    int at = free;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (due[parent] <= dueNanos) {
        break;
      }
      heap[at] = heap[parent];
      due[at] = due[parent];
      at = parent;
    }
    heap[at] = entry;
    due[at] = dueNanos;
  }

  /** Fills the root, which is free, with the entry that was last. */
  private void siftDown(Entry entry, long dueNanos) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && due[child + 1] < due[child]) {
        child++;
      }
      if (due[child] >= dueNanos) {
        break;
      }
      heap[at] = heap[child];
      due[at] = due[child];
      at = child;
    }
    heap[at] = entry;
    due[at] = dueNanos;
  }
}
