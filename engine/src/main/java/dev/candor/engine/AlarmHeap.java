package dev.candor.engine;

import java.util.Arrays;

/**
 * Sequences by the number of the step at whose end something has to be done for them; the nearest
 * is known, and any can be taken out. <b>For one thread.</b>
 */
final class AlarmHeap {
  private static final Sequence[] NONE = {};

  private long[] steps = {};
  private Sequence[] sequences = NONE;
  private int size;

  /** The nearest step, {@code Long.MAX_VALUE} where there is none. */
  long firstStep() {
    return size == 0 ? Long.MAX_VALUE : steps[0];
  }

  /** The one of the nearest step; there must be one. */
  Sequence first() {
    return sequences[0];
  }

  void add(Sequence sequence, long step) {
    if (size == steps.length) {
      int larger = Math.max(8, 2 * size);
      steps = Arrays.copyOf(steps, larger);
      sequences = Arrays.copyOf(sequences, larger);
    }
    up(size++, sequence, step);
  }

  void remove(Sequence sequence) {
    int hole = sequence.heapIndex;
    size--;
    if (hole < size) {
      Sequence moved = sequences[size];
      long step = steps[size];
      if (hole > 0 && steps[(hole - 1) / 2] > step) {
        up(hole, moved, step);
      } else {
        down(hole, moved, step);
      }
    }
  }

  void clear() {
    steps = new long[0];
    sequences = NONE;
    size = 0;
  }

  private void up(int from, Sequence sequence, long step) {
    int at = from;
    while (at > 0 && steps[(at - 1) / 2] > step) {
      int parent = (at - 1) / 2;
      place(at, sequences[parent], steps[parent]);
      at = parent;
    }
    place(at, sequence, step);
  }

  private void down(int from, Sequence sequence, long step) {
    int at = from;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && steps[child + 1] < steps[child]) {
        child++;
      }
      if (steps[child] >= step) {
        break;
      }
      place(at, sequences[child], steps[child]);
      at = child;
    }
    place(at, sequence, step);
  }

  private void place(int at, Sequence sequence, long step) {
    steps[at] = step;
    sequences[at] = sequence;
    sequence.heapIndex = at;
  }
}
