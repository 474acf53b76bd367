package dev.candor.engine;

import java.util.Arrays;

/**
 * A key for each of a fixed number of places; the smallest is known, a change takes logarithmic
 * time. Of equals the first place counts. <b>For one thread.</b>
 */
final class MinTree {
  /** The smaller of two children stands in their parent; places begin at {@link #leaves}. */
  private final long[] keys;

  private final int leaves;

  MinTree(int places) {
    leaves = places == 1 ? 1 : Integer.highestOneBit(places - 1) * 2;
    keys = new long[2 * leaves];
    Arrays.fill(keys, Long.MAX_VALUE);
  }

  long key(int place) {
    return keys[leaves + place];
  }

  void set(int place, long key) {
    int node = leaves + place;
    keys[node] = key;
    while (node > 1) {
      node /= 2;
      long smaller = Math.min(keys[2 * node], keys[2 * node + 1]);
      if (keys[node] == smaller) {
        return;
      }
      keys[node] = smaller;
    }
  }

  /** The smallest key. */
  long min() {
    return keys[1];
  }

  /** The place of the smallest key. */
  int first() {
    return firstBelow(1);
  }

  /** The place of the smallest key from {@code place} on. */
  int firstFrom(int place) {
    int best = leaves + place;
    for (int node = best; node > 1; node /= 2) {
      if (node % 2 == 0 && keys[node + 1] < keys[best]) {
        best = node + 1;
      }
    }
    return firstBelow(best);
  }

  private int firstBelow(int top) {
    int node = top;
    while (node < leaves) {
      node *= 2;
      if (keys[node + 1] < keys[node]) {
        node++;
      }
    }
    return node - leaves;
  }
}
