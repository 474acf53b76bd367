package dev.candor.engine;

import java.util.Arrays;

/** The ends of steps that have not begun, in order, worked out ahead. <b>For one thread.</b> */
final class StepPlan {
  static final int MOST = 128;
  private long[] ends = {};
  private long first;
  private int size;

  /** The step after the last one known; {@code number} where none is. */
  long known(long number) {
    return size == 0 ? number : first + size;
  }

  boolean knows(long number) {
    return number >= first && number < first + size;
  }

  long end(long number) {
    return ends[(int) (number - first)];
  }

  /** Adds step {@code number}, the one after the last known. */
  void add(long number, long end) {
    if (size == 0) {
      first = number;
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, Math.max(16, 2 * size));
    }
    ends[size++] = end;
  }

  /** Forgets steps before {@code number}. */
  void dropBefore(long number) {
    int dropped = (int) Math.min(size, Math.max(0, number - first));
    if (dropped > 0) {
      System.arraycopy(ends, dropped, ends, 0, size - dropped);
      first += dropped;
      size -= dropped;
    }
  }

  void clear() {
    size = 0;
  }
}
