package dev.candor.engine;

import java.util.Arrays;

/**
 * A key for each of a fixed number of places; the smallest is known, a change takes logarithmic
 * time. Of equals the first place counts. <b>For one thread.</b>
 */
public final class MinTree {
  /** The smaller of two children stands in their parent; places begin at {@link #leaves}. */
  private final long[] keys;

  private final int leaves;

  public MinTree(int places) {
    leaves = places == 1 ? 1 : Integer.highestOneBit(places - 1) * 2;
    keys = new long[2 * leaves];
    Arrays.fill(keys, Long.MAX_VALUE);
  }

  public long key(int place) {
    return keys[leaves + place];
  }

  public void set(int place, long key) {
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
  public long min() {
    return keys[1];
  }

  /** The place of the smallest key. */
  public int first() {
    return firstBelow(1);
  }

  /** The place of the smallest key from {@code place} on. */
  public int firstFrom(int place) {
    int best = leaves + place;
    for (int node = best; node > 1; node /= 2) {
      if (node % 2 == 0 && keys[node + 1] < keys[best]) {
        best = node + 1;
      }
    }
    return firstBelow(best);
  }

  /**
   * The first place from {@code place} on, round and round, of a key up to {@code most}; else -1.
   */
  public int firstAtMost(int place, long most) {
    if (min() > most) {
      return -1;
    }
    int node = leaves + place;
    while (keys[node] > most) {
      // The next subtree is the sibling of the nearest left child above; after the last, the first.
      node >>= Integer.numberOfTrailingZeros(~node);
      node = node == 0 ? 1 : node + 1;
    }
    while (node < leaves) {
      node *= 2;
      if (keys[node] > most) {
        node++;
      }
    }
    return node - leaves;
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
