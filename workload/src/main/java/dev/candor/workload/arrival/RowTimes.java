package dev.candor.workload.arrival;

import java.util.Arrays;

/**
 * When the rows of a trace came, in nanoseconds since its first, never falling. Row i is the prompt
 * i of the trace's source. Safe for use by several threads.
 */
public final class RowTimes {
  private final long[] nanos;

  /**
   * @param nanos rising or equal from row to row, at least one; kept, not copied
   */
  public RowTimes(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("needs a row");
    }
    for (int i = 1; i < nanos.length; i++) {
      if (nanos[i] < nanos[i - 1]) {
        throw new IllegalArgumentException("row %d goes back in time".formatted(i));
      }
    }
    this.nanos = nanos;
  }

  public int size() {
    return nanos.length;
  }

  public long atNanos(int row) {
    return nanos[row];
  }

  public long lastNanos() {
    return nanos[nanos.length - 1];
  }

  /** The first row at {@code instant} or later; {@link #size} where there is none. */
  public int firstAtOrAfter(long instant) {
    int found = Arrays.binarySearch(nanos, instant);
    if (found < 0) {
      return -found - 1;
    }
    // Any of several at the same instant.
    while (found > 0 && nanos[found - 1] == instant) {
      found--;
    }
    return found;
  }
}
