package dev.candor.engine.cluster;

import java.util.Arrays;

/** Numbers of which the least is known, {@code Long.MAX_VALUE} at first. <b>For one thread.</b> */
final class MinTree {
  /*
   * A complete binary tree in an array, the numbers its leaves; each inner node has the least of
   * its two children. A change goes up until nothing changes any more.
   */
  private final int leaves;
  private final long[] least;

  MinTree(int size) {
    leaves = Math.max(1, Integer.highestOneBit(size - 1) << 1);
    least = new long[2 * leaves];
    Arrays.fill(least, Long.MAX_VALUE);
  }

  void set(int index, long value) {
    int node = leaves + index;
    least[node] = value;
    for (node >>= 1; node > 0; node >>= 1) {
      long of = Math.min(least[2 * node], least[2 * node + 1]);
      if (least[node] == of) {
        return;
      }
      least[node] = of;
    }
  }

  long get(int index) {
    return least[leaves + index];
  }

  long least() {
    return least[1];
  }

  /** The first index from {@code from} on, round and round, of at most {@code bound}; else -1. */
  int firstAtMost(int from, long bound) {
    int found = search(from, bound);
    return found < 0 && from > 0 ? search(0, bound) : found;
  }

  private int search(int from, long bound) {
    int node = leaves + from;
    while (least[node] > bound) {
      // The next subtree to the right is the sibling of the nearest left child above.
      node >>= Integer.numberOfTrailingZeros(~node);
      if (node == 0) {
        return -1;
      }
      node++;
    }
    while (node < leaves) {
      node *= 2;
      if (least[node] > bound) {
        node++;
      }
    }
    return node - leaves;
  }
}
