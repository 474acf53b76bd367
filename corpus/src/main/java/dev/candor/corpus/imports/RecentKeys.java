package dev.candor.corpus.imports;

/**
 * Two numbers a 64-bit key, of the keys that were put or found last: at least {@code kept} of them,
 * at most twice as many, however many came. For one thread.
 */
final class RecentKeys {
  /*
   * Two tables of open addressing. Entries go into the young one; when it is full it becomes the old
   * one, whose entries are forgotten but for those that were found again since and so moved.
   */
  private final int kept;
  private Table young;
  private Table old;
  private long first;
  private long second;

  RecentKeys(int kept) {
    this.kept = kept;
    this.young = new Table(64);
    this.old = new Table(64);
  }

  private static final class Table {
    long[] slots;
    int size;

    Table(int capacity) {
      slots = new long[3 * capacity];
    }

    /** Where the key lies, or else where it would. */
    int find(long key) {
      int capacity = slots.length / 3;
      int slot = (int) (key ^ key >>> 32) & (capacity - 1);
      while (slots[3 * slot] != 0 && slots[3 * slot] != key) {
        slot = slot + 1 & (capacity - 1);
      }
      return 3 * slot;
    }

    void put(long key, long first, long second) {
      if (2 * (size + 1) > slots.length / 3) {
        grow();
      }
      int at = find(key);
      size += slots[at] == 0 ? 1 : 0;
      slots[at] = key;
      slots[at + 1] = first;
      slots[at + 2] = second;
    }

    private void grow() {
      long[] before = slots;
      slots = new long[2 * before.length];
      size = 0;
      for (int i = 0; i < before.length; i += 3) {
        if (before[i] != 0) {
          put(before[i], before[i + 1], before[i + 2]);
        }
      }
    }
  }

  private static long key(long key) {
    return key == 0 ? 1 : key;
  }

  void put(long key, long first, long second) {
    if (young.size >= kept) {
      old = young;
      young = new Table(64);
    }
    young.put(key(key), first, second);
  }

  /** Whether the key is known; {@link #first} and {@link #second} are its numbers then. */
  boolean find(long key) {
    int at = young.find(key(key));
    if (young.slots[at] != 0) {
      first = young.slots[at + 1];
      second = young.slots[at + 2];
      return true;
    }
    at = old.find(key(key));
    if (old.slots[at] == 0) {
      return false;
    }
    first = old.slots[at + 1];
    second = old.slots[at + 2];
    put(key, first, second);
    return true;
  }

  long first() {
    return first;
  }

  long second() {
    return second;
  }

  void clear() {
    if (young.size + old.size > 0) {
      young = new Table(64);
      old = new Table(64);
    }
  }
}
