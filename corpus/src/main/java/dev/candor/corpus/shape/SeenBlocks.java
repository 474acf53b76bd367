package dev.candor.corpus.shape;

import dev.candor.base.random.Seed;

/**
 * The tokens of all distinct blocks, each counted when it was first seen: exactly up to two million
 * blocks, estimated beyond, in at most 64 MiB. <b>For one thread.</b>
 */
final class SeenBlocks {
  /*
   * Distinct sampling: P. Gibbons, "Distinct sampling for highly-accurate answers to distinct
   * values queries", VLDB 2001. A block is kept where the low `level` bits of its id's hash are
   * zero; when the table is half full, the level rises and half of what is there goes. The tokens of
   * what is kept, times 2^level, estimate those of all, within about 0.1 % (one standard error)
   * for a million kept.
   */
  private static final int FIRST_SLOTS = 1 << 10;

  private final int mostSlots;
  private long[] hashes = new long[FIRST_SLOTS];
  private int[] tokens = new int[FIRST_SLOTS];
  private int used;
  private int level;
  private double keptTokens;

  SeenBlocks() {
    this(1 << 22);
  }

  /** Keeps at most half of {@code mostSlots} blocks, a power of two. */
  SeenBlocks(int mostSlots) {
    this.mostSlots = mostSlots;
  }

  /** Takes a block, of which {@code firstTokens} count where it is new. */
  void add(long id, int firstTokens) {
    long hash = Seed.mixed(id);
    if (!kept(hash)) {
      return;
    }
    int slot = slot(hash);
    if (hashes[slot] != 0) {
      return;
    }
    insert(slot, hash, firstTokens);
    while (2 * used > hashes.length) {
      rebuild();
    }
  }

  // 0 marks a free slot; the one id whose hash it is counts as never seen.
  private boolean kept(long hash) {
    return hash != 0 && (hash & ((1L << level) - 1)) == 0;
  }

  private int slot(long hash) {
    int mask = hashes.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (hashes[slot] != 0 && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void insert(int slot, long hash, int firstTokens) {
    hashes[slot] = hash;
    tokens[slot] = firstTokens;
    keptTokens += firstTokens;
    used++;
  }

  private void rebuild() {
    long[] oldHashes = hashes;
    int[] oldTokens = tokens;
    int slots = oldHashes.length;
    if (slots < mostSlots) {
      slots *= 2;
    } else {
      level++;
    }
    hashes = new long[slots];
    tokens = new int[slots];
    used = 0;
    keptTokens = 0;
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0 && kept(oldHashes[i])) {
        insert(slot(oldHashes[i]), oldHashes[i], oldTokens[i]);
      }
    }
  }

  /** Tokens of all distinct blocks. */
  double firstTokens() {
    return keptTokens * (1L << level);
  }

  /** Whether {@link #firstTokens} is counted and not estimated. */
  boolean exact() {
    return level == 0;
  }
}
