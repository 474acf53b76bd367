package dev.candor.analysis.quota;

import java.util.Arrays;
import java.util.List;

/** How much of a limit had been taken at an instant, at least and at most. */
final class Taken {
  /*
   * A client does not see when exactly a charge is made: not before it sent the request, not after
   * the answer's head (or end) was there. What certainly was taken before an instant are the charges
   * whose latest instant is before it, what possibly was those whose earliest is; of what is given
   * back it is the other way round.
   */
  private final Sums certain;
  private final Sums possible;

  Taken(List<Ask> asks, Counting counting) {
    certain = new Sums(2 * asks.size());
    possible = new Sums(2 * asks.size());
    for (Ask ask : asks) {
      if (ask.admitted()) {
        add(ask.sentNanos(), ask.decidedNanos(), counting.takenAtStart(ask));
        add(ask.decidedNanos(), ask.endedNanos(), counting.takenAtEnd(ask));
      }
    }
    certain.sort();
    possible.sort();
  }

  private void add(long earliest, long latest, long amount) {
    if (amount != 0) {
      certain.add(amount > 0 ? latest : earliest, amount);
      possible.add(amount > 0 ? earliest : latest, amount);
    }
  }

  /** At least, of all that was taken before {@code nanos}. */
  long atLeast(long nanos) {
    return certain.before(nanos);
  }

  /** At most, of all that was taken up to {@code nanos}. */
  long atMost(long nanos) {
    return possible.before(nanos + 1);
  }

  /** Running sums of amounts by their instants. */
  private static final class Sums {
    private final long[][] entries;
    private int size;

    Sums(int most) {
      entries = new long[most][];
    }

    void add(long nanos, long amount) {
      entries[size++] = new long[] {nanos, amount};
    }

    void sort() {
      Arrays.sort(entries, 0, size, (a, b) -> Long.compare(a[0], b[0]));
      long sum = 0;
      for (int i = 0; i < size; i++) {
        sum += entries[i][1];
        entries[i][1] = sum;
      }
    }

    long before(long nanos) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (entries[middle][0] < nanos) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low == 0 ? 0 : entries[low - 1][1];
    }
  }
}
