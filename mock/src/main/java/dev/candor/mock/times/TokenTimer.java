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
    private long dueNanos;

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
    }
    entry.dueNanos = dueNanos;
    heap[size++] = entry;
    siftUp(size - 1);
  }

  private void run() {
    armed = null;
    armedFor = Long.MAX_VALUE;
    running = true;
    long now = scheduler.nanoTime();
    for (int turn = 0; size > 0 && heap[0].dueNanos <= now; turn++) {
      if (turn == LONGEST_TURN) {
        // The sockets are to be read too.
        break;
      }
      // Off the heap meanwhile: what it does may add others.
      Entry first = heap[0];
      heap[0] = heap[--size];
      heap[size] = NOTHING;
      siftDown();
      long next = first.wake(first.dueNanos);
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
    long wanted = size == 0 ? Long.MAX_VALUE : Math.max(heap[0].dueNanos, rested());
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

  private void siftUp(int start) {
    int at = start;
    Entry entry = heap[at];
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent].dueNanos <= entry.dueNanos) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  private void siftDown() {
    if (size == 0) {
      return;
    }
    int at = 0;
    Entry entry = heap[0];
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && heap[child + 1].dueNanos < heap[child].dueNanos) {
        child++;
      }
      if (heap[child].dueNanos >= entry.dueNanos) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = entry;
  }
}
