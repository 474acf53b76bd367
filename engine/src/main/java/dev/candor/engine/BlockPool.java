package dev.candor.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The blocks of a KV cache: who holds them, which are free, and what they hold. <b>For one
 * thread.</b> Everything is in constant time and, after construction, without allocation.
 */
final class BlockPool {
  /*
   * A block with references is in use. One without is in the free list, oldest first, and keeps its
   * hash, so that it can be found and taken back until it is the oldest and is given out anew. The
   * list runs through arrays; index `blocks` is its head and tail.
   *
   * Two requests may compute the same block, each for itself. Blocks of one hash form a ring; the
   * index knows the oldest of them.
   */
  private final int blocks;
  private final int[] references;
  private final int[] freeNext;
  private final int[] freePrevious;
  private final boolean[] hashed;
  private final long[] hashes;
  private final int[] twinNext;
  private final int[] twinPrevious;
  private final HashIndex index;
  private int free;
  private int cached;
  private long evictions;

  BlockPool(int blocks) {
    this.blocks = blocks;
    references = new int[blocks];
    freeNext = new int[blocks + 1];
    freePrevious = new int[blocks + 1];
    hashed = new boolean[blocks];
    hashes = new long[blocks];
    twinNext = new int[blocks];
    twinPrevious = new int[blocks];
    index = new HashIndex(blocks);
    clear();
  }

  /** As new: all free, none cached. The count of evictions goes on. */
  void clear() {
    Arrays.fill(references, 0);
    for (int i = 0; i <= blocks; i++) {
      freeNext[i] = i == blocks ? 0 : i + 1;
      freePrevious[i] = i == 0 ? blocks : i - 1;
    }
    free = blocks;
    forgetHashes();
  }

  /** Makes all blocks unfindable, whoever holds them. */
  void forgetHashes() {
    Arrays.fill(hashed, false);
    index.clear();
    cached = 0;
  }

  /** The block that holds {@code hash}, the oldest of several, or -1. */
  int find(long hash) {
    return index.get(hash);
  }

  /** The longest free block, without its hash, for one holder. There must be one. */
  int allocate() {
    int block = freeNext[blocks];
    unlinkFree(block);
    if (hashed[block]) {
      cached--;
      evictions++;
      dropHash(block);
    }
    references[block] = 1;
    return block;
  }

  /** One holder more for a block that was found. */
  void hold(int block) {
    if (references[block]++ == 0) {
      unlinkFree(block);
      cached--;
    }
  }

  /** One holder less; the last one makes it the newest of the free. */
  void release(int block) {
    if (--references[block] == 0) {
      int tail = freePrevious[blocks];
      freeNext[tail] = block;
      freePrevious[block] = tail;
      freeNext[block] = blocks;
      freePrevious[blocks] = block;
      free++;
      if (hashed[block]) {
        cached++;
      }
    }
  }

  /** Makes a full block that is in use findable. */
  void publish(int block, long hash) {
    hashed[block] = true;
    hashes[block] = hash;
    int head = index.get(hash);
    if (head < 0) {
      twinNext[block] = block;
      twinPrevious[block] = block;
      index.put(hash, block);
    } else {
      int tail = twinPrevious[head];
      twinNext[tail] = block;
      twinPrevious[block] = tail;
      twinNext[block] = head;
      twinPrevious[head] = block;
    }
  }

  private void dropHash(int block) {
    hashed[block] = false;
    int next = twinNext[block];
    if (next == block) {
      index.remove(hashes[block]);
      return;
    }
    int previous = twinPrevious[block];
    twinNext[previous] = next;
    twinPrevious[next] = previous;
    if (index.get(hashes[block]) == block) {
      index.put(hashes[block], next);
    }
  }

  private void unlinkFree(int block) {
    freeNext[freePrevious[block]] = freeNext[block];
    freePrevious[freeNext[block]] = freePrevious[block];
    free--;
  }

  boolean isFree(int block) {
    return references[block] == 0;
  }

  int references(int block) {
    return references[block];
  }

  /** The free blocks, the one that goes first ahead. For tests: this allocates. */
  int[] freeOrder() {
    return IntStream.iterate(freeNext[blocks], block -> block != blocks, block -> freeNext[block])
        .limit(blocks + 1L)
        .toArray();
  }

  int total() {
    return blocks;
  }

  /** Blocks that nobody holds. */
  int free() {
    return free;
  }

  /** Free blocks that can still be found. */
  int cached() {
    return cached;
  }

  /** Hashes dropped since the block was needed for something else. */
  long evictions() {
    return evictions;
  }
}
