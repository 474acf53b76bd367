package dev.candor.engine;

import java.util.Arrays;

/** What a KV cache does for requests, by vLLM's rules. <b>For one thread.</b> */
final class KvCache {
  private final KvCacheSettings settings;
  private final BlockPool pool;

  /** Entries of the blocks that the last look-up found. */
  private int[] found = {};

  KvCache(KvCacheSettings settings) {
    this.settings = settings;
    this.pool = new BlockPool(settings.blocks());
  }

  BlockPool pool() {
    return pool;
  }

  KvCacheSettings settings() {
    return settings;
  }

  /**
   * Leading blocks of {@code request} that are in the cache. One token at least is left to compute,
   * since the next one comes from it: a full hit stops a block short.
   *
   * @param known tokens that exist
   */
  int cachedBlocks(EngineRequest request, int known) {
    if (!settings.prefixCaching()) {
      return 0;
    }
    long[] hashes = request.blockHashes();
    int most = Math.min(hashes.length, (known - 1) / settings.blockSize());
    if (found.length < most) {
      found = Arrays.copyOf(found, 2 * most);
    }
    for (int i = 0; i < most; i++) {
      int entry = pool.find(hashes[i]);
      if (entry == 0) {
        return i;
      }
      found[i] = entry;
    }
    return most;
  }

  boolean findsPrefixes() {
    return settings.prefixCaching();
  }

  /** Whether blocks of {@code request} can ever be found. */
  boolean shares(EngineRequest request) {
    return settings.prefixCaching() && request.blockHashes().length > 0;
  }

  int tokensOf(int blocks) {
    return blocks * settings.blockSize();
  }

  /** Whether a request with {@code tokens} to be computed fits where it is alone. */
  boolean canEverHold(long tokens) {
    return tokens <= (long) settings.blocks() * settings.blockSize();
  }

  /** Blocks that a request lacks for its first {@code tokens} tokens. */
  int lacking(Sequence sequence, int tokens) {
    return settings.blocksFor(tokens) - sequence.blockCount;
  }

  /**
   * Gives a request without blocks the {@code cachedBlocks} that were found for it just now and new
   * ones, up to {@code tokens} in all.
   *
   * @return whether there were enough; if not, nothing has changed
   */
  boolean admit(Sequence sequence, int cachedBlocks, int tokens) {
    int needed = settings.blocksFor(tokens) - cachedBlocks;
    int available = pool.free();
    for (int i = 0; i < cachedBlocks; i++) {
      if (pool.isFree(found[i])) {
        available--;
      }
    }
    if (needed > available) {
      return false;
    }
    for (int i = 0; i < cachedBlocks; i++) {
      pool.hold(found[i]);
      sequence.addEntry(found[i]);
    }
    sequence.blockCount = cachedBlocks;
    return grow(sequence, tokens);
  }

  /**
   * Gives a request blocks for its first {@code tokens} tokens and makes those that they fill
   * findable. They are findable from the start of the step that fills them, as a later request of
   * the same step reads them after they are written.
   *
   * @return whether there were enough; if not, nothing has changed
   */
  boolean grow(Sequence sequence, int tokens) {
    int needed = lacking(sequence, tokens);
    if (needed > pool.free()) {
      return false;
    }
    if (needed > 0) {
      pool.take(needed);
      sequence.blockCount += needed;
    }
    if (settings.prefixCaching()) {
      int full = Math.min(tokens / settings.blockSize(), sequence.request.blockHashes().length);
      while (sequence.entryCount < full) {
        publishNext(sequence);
      }
    }
    return true;
  }

  /** Makes the first block of a request that is not findable so. */
  void publishNext(Sequence sequence) {
    sequence.addEntry(pool.publish(sequence.request.blockHashes()[sequence.entryCount]));
  }

  /** Takes all blocks back, the last one first, so that the end of a chain is evicted first. */
  void release(Sequence sequence) {
    pool.giveBack(sequence.blockCount - sequence.entryCount);
    for (int i = sequence.entryCount - 1; i >= 0; i--) {
      pool.release(sequence.entries[i]);
    }
    sequence.blockCount = 0;
    sequence.entryCount = 0;
  }
}
