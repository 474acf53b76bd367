package dev.candor.engine;

import dev.candor.base.random.Seed;

/**
 * Finds entries of a {@link BlockPool} by their hash: open addressing with linear probing, at most
 * half full. The hashes stay with the pool. A removal moves later entries back, so that no marks
 * are left behind.
 */
final class BlockIndex {
  private static final int LEAST_SLOTS = 8;
  private static final long ENTRY = 0xFFFF_FFFFL;

  /**
   * The number of an entry, and above it 32 mixed bits of its hash, so that the pool is looked at
   * for what is found and for little else; 0: empty.
   */
  private long[] slots = new long[LEAST_SLOTS];

  private int size;

  /** The entry of {@code hash}, or 0. */
  int get(long hash, long[] hashes) {
    return (int) slots[slot(mixed(hash), hash, hashes)];
  }

  /** Adds, or replaces the entry of an equal hash. */
  void put(int entry, long[] hashes) {
    long hash = hashes[entry];
    long mixed = mixed(hash);
    int slot = slot(mixed, hash, hashes);
    if (slots[slot] == 0 && ++size > slots.length / 2) {
      grow();
      slot = slot(mixed, hash, hashes);
    }
    slots[slot] = mixed | entry;
  }

  void remove(long hash, long[] hashes) {
    int mask = slots.length - 1;
    int hole = slot(mixed(hash), hash, hashes);
    for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
      // An entry may fill the hole unless its home lies after the hole, seen from the entry.
      if (((at - home(slots[at])) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = 0;
    size--;
  }

  void clear() {
    slots = new long[LEAST_SLOTS];
    size = 0;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    int mask = slots.length - 1;
    for (long one : old) {
      if (one != 0) {
        int at = home(one);
        while (slots[at] != 0) {
          at = (at + 1) & mask;
        }
        slots[at] = one;
      }
    }
  }

  private int slot(long mixed, long hash, long[] hashes) {
    int mask = slots.length - 1;
    int at = home(mixed);
    for (long one = slots[at]; one != 0; one = slots[at]) {
      if ((one & ~ENTRY) == mixed && hashes[(int) one] == hash) {
        break;
      }
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long mixed(long hash) {
    return Seed.mixed(hash) & ~ENTRY;
  }

  private int home(long slot) {
    return (int) (slot >>> Integer.SIZE) & (slots.length - 1);
  }
}
