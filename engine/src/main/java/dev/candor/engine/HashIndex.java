package dev.candor.engine;

import dev.candor.base.random.Seed;
import java.util.Arrays;

/**
 * A map from 64-bit hashes to block numbers, without boxes: open addressing with linear probing, at
 * most half full. A removal moves later entries back, so that no marks are left behind.
 */
final class HashIndex {
  private final long[] keys;

  /** Block number + 1; 0: empty. */
  private final int[] values;

  private final int mask;

  /**
   * @param most entries that it must hold
   */
  HashIndex(int most) {
    int capacity = Integer.highestOneBit(Math.max(4, most)) * 4;
    keys = new long[capacity];
    values = new int[capacity];
    mask = capacity - 1;
  }

  /** The block of {@code key}, or -1. */
  int get(long key) {
    return values[slot(key)] - 1;
  }

  /** Adds or replaces. */
  void put(long key, int block) {
    int slot = slot(key);
    keys[slot] = key;
    values[slot] = block + 1;
  }

  void remove(long key) {
    int hole = slot(key);
    for (int at = next(hole); values[at] != 0; at = next(at)) {
      // An entry may fill the hole unless its home lies after the hole, seen from the entry.
      if (((at - home(keys[at])) & mask) >= ((at - hole) & mask)) {
        keys[hole] = keys[at];
        values[hole] = values[at];
        hole = at;
      }
    }
    values[hole] = 0;
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  private int slot(long key) {
    int at = home(key);
    while (values[at] != 0 && keys[at] != key) {
      at = next(at);
    }
    return at;
  }

  private int home(long key) {
    return (int) Seed.mixed(key) & mask;
  }

  private int next(int slot) {
    return (slot + 1) & mask;
  }
}
