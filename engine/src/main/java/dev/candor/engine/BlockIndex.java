package dev.candor.engine;

import dev.candor.base.random.Seed;

/**
 * Finds entries of a {@link BlockPool} by their hash: open addressing with linear probing, at most
 * half full. The hashes stay with the pool. A removal moves later entries back, so that no marks
 * are left behind.
 */
final class BlockIndex {
  private static final int LEAST_SLOTS = 8;

  /** Entry numbers; 0: empty. */
  private int[] slots = new int[LEAST_SLOTS];

  private int size;

  /** The entry of {@code hash}, or 0. */
  int get(long hash, long[] hashes) {
    return slots[slot(hash, hashes)];
  }

  /** Adds, or replaces the entry of an equal hash. */
  void put(int entry, long[] hashes) {
    int slot = slot(hashes[entry], hashes);
    if (slots[slot] == 0 && ++size > slots.length / 2) {
      grow(hashes);
      slot = slot(hashes[entry], hashes);
    }
    slots[slot] = entry;
  }

  void remove(long hash, long[] hashes) {
    int mask = slots.length - 1;
    int hole = slot(hash, hashes);
    for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
      // An entry may fill the hole unless its home lies after the hole, seen from the entry.
      if (((at - home(hashes[slots[at]])) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = 0;
    size--;
  }

  void clear() {
    slots = new int[LEAST_SLOTS];
    size = 0;
  }

  private void grow(long[] hashes) {
    int[] old = slots;
    slots = new int[2 * old.length];
    for (int entry : old) {
      if (entry != 0) {
        slots[slot(hashes[entry], hashes)] = entry;
      }
    }
  }

  private int slot(long hash, long[] hashes) {
    int mask = slots.length - 1;
    int at = home(hash);
    while (slots[at] != 0 && hashes[slots[at]] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private int home(long hash) {
    return (int) Seed.mixed(hash) & (slots.length - 1);
  }
}
