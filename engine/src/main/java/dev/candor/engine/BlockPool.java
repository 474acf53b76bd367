package dev.candor.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a KV cache: how many are free, and what they hold. <b>For one thread.</b>
 * Everything takes constant time for each block that can be found, and for each batch of blocks
 * that cannot.
 */
final class BlockPool {
  /*
   * A block that can be found by its hash has an entry. The others are all alike, and are only
   * counted: a cache without prefixes costs next to nothing, however large.
   *
   * A block in use is with its holders. The free ones stand in a queue, oldest first: entries of
   * blocks that can still be found, and between them entries that stand for several blocks that
   * cannot. What is given out comes from its head, and loses its hash.
   *
   * Two requests may compute the same block, each for itself. Blocks of one hash form a ring; the
   * index knows the oldest of them.
   */

  /** Head and tail of the queue. */
  private static final int QUEUE = 0;

  private static final int LEAST_ENTRIES = 4;

  private final int blocks;
  private final BlockIndex index = new BlockIndex();
  private long[] hashes = {};

  /** Holders of a block; of an entry that stands for several, minus their number. */
  private int[] references = {};

  private int[] next = {};
  private int[] previous = {};
  private int[] twinNext = {};
  private int[] twinPrevious = {};

  /**
   * Entries below this were in use once; those that are not now are linked from {@link #unused}.
   */
  private int touched;

  private int unused;
  private int free;
  private int cached;
  private long evictions;

  BlockPool(int blocks) {
    this.blocks = blocks;
    clear();
  }

  /** As new: all free, none cached. The count of evictions goes on. */
  void clear() {
    resize(LEAST_ENTRIES);
    touched = 1;
    unused = 0;
    references[QUEUE] = 0;
    next[QUEUE] = QUEUE;
    previous[QUEUE] = QUEUE;
    index.clear();
    free = 0;
    cached = 0;
    giveBack(blocks);
  }

  /** The entry of the block that holds {@code hash}, the oldest of several, or 0. */
  int find(long hash) {
    return index.get(hash, hashes);
  }

  /** Gives out the longest free blocks, without their hashes. There must be as many. */
  void take(int count) {
    free -= count;
    for (int left = count; left > 0; ) {
      int head = next[QUEUE];
      if (references[head] < 0) {
        int some = Math.min(left, -references[head]);
        left -= some;
        references[head] += some;
        if (references[head] < 0) {
          return;
        }
      } else {
        left--;
        cached--;
        evictions++;
        dropHash(head);
      }
      unlink(head);
      discard(head);
    }
  }

  /** Takes back blocks that have no entry, as the newest of the free. */
  void giveBack(int count) {
    if (count == 0) {
      return;
    }
    free += count;
    int tail = previous[QUEUE];
    if (references[tail] < 0) {
      references[tail] -= count;
    } else {
      int entry = newEntry();
      references[entry] = -count;
      append(entry);
    }
  }

  /** One holder more for a block that was found. */
  void hold(int entry) {
    if (references[entry]++ == 0) {
      free--;
      cached--;
      int before = previous[entry];
      int after = next[entry];
      unlink(entry);
      if (references[before] < 0 && references[after] < 0) {
        references[before] += references[after];
        unlink(after);
        discard(after);
      }
    }
  }

  /** One holder less; the last one makes it the newest of the free. */
  void release(int entry) {
    if (--references[entry] == 0) {
      free++;
      cached++;
      append(entry);
    }
  }

  /** Makes a full block that is in use, and has no entry, findable; its entry. */
  int publish(long hash) {
    int entry = newEntry();
    references[entry] = 1;
    hashes[entry] = hash;
    int head = index.get(hash, hashes);
    if (head == 0) {
      twinNext[entry] = entry;
      twinPrevious[entry] = entry;
      index.put(entry, hashes);
    } else {
      int tail = twinPrevious[head];
      twinNext[tail] = entry;
      twinPrevious[entry] = tail;
      twinNext[entry] = head;
      twinPrevious[head] = entry;
    }
    return entry;
  }

  private void dropHash(int entry) {
    int following = twinNext[entry];
    if (following == entry) {
      index.remove(hashes[entry], hashes);
      return;
    }
    int preceding = twinPrevious[entry];
    twinNext[preceding] = following;
    twinPrevious[following] = preceding;
    if (index.get(hashes[entry], hashes) == entry) {
      index.put(following, hashes);
    }
  }

  private void append(int entry) {
    int tail = previous[QUEUE];
    next[tail] = entry;
    previous[entry] = tail;
    next[entry] = QUEUE;
    previous[QUEUE] = entry;
  }

  private void unlink(int entry) {
    next[previous[entry]] = next[entry];
    previous[next[entry]] = previous[entry];
  }

  private int newEntry() {
    int entry = unused;
    if (entry != 0) {
      unused = next[entry];
      return entry;
    }
    if (touched == hashes.length) {
      resize(touched + touched / 2);
    }
    return touched++;
  }

  private void discard(int entry) {
    references[entry] = 0;
    next[entry] = unused;
    unused = entry;
  }

  private void resize(int entries) {
    hashes = Arrays.copyOf(hashes, entries);
    references = Arrays.copyOf(references, entries);
    next = Arrays.copyOf(next, entries);
    previous = Arrays.copyOf(previous, entries);
    twinNext = Arrays.copyOf(twinNext, entries);
    twinPrevious = Arrays.copyOf(twinPrevious, entries);
  }

  boolean isFree(int entry) {
    return references[entry] == 0;
  }

  int references(int entry) {
    return references[entry];
  }

  /** The hashes of the free blocks, null for none, the one that goes first ahead. For tests. */
  List<@Nullable Long> freeOrder() {
    List<@Nullable Long> order = new ArrayList<>();
    for (int entry = next[QUEUE]; entry != QUEUE; entry = next[entry]) {
      if (references[entry] == 0) {
        order.add(hashes[entry]);
      }
      for (int i = references[entry]; i < 0; i++) {
        order.add(null);
      }
    }
    return order;
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
