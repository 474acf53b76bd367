package dev.candor.engine;

/** What a KV cache does for requests, by vLLM's rules. <b>For one thread.</b> */
final class KvCache {
  private final KvCacheSettings settings;
  private final BlockPool pool;

  KvCache(KvCacheSettings settings) {
    this.settings = settings;
    this.pool = new BlockPool(settings.blocks());
  }

  BlockPool pool() {
    return pool;
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
    int found = 0;
    while (found < most && pool.find(hashes[found]) >= 0) {
      found++;
    }
    return found;
  }

  boolean findsPrefixes() {
    return settings.prefixCaching();
  }

  int tokensOf(int blocks) {
    return blocks * settings.blockSize();
  }

  /** Whether a request with {@code tokens} to be computed fits where it is alone. */
  boolean canEverHold(long tokens) {
    return tokens <= (long) settings.blocks() * settings.blockSize();
  }

  /**
   * Gives a request without blocks its {@code cachedBlocks} and new ones, up to {@code tokens} in
   * all.
   *
   * @return whether there were enough; if not, nothing has changed
   */
  boolean admit(Sequence sequence, int cachedBlocks, int tokens) {
    long[] hashes = sequence.request.blockHashes();
    int needed = settings.blocksFor(tokens) - cachedBlocks;
    int available = pool.free();
    for (int i = 0; i < cachedBlocks; i++) {
      if (pool.isFree(pool.find(hashes[i]))) {
        available--;
      }
    }
    if (needed > available) {
      return false;
    }
    for (int i = 0; i < cachedBlocks; i++) {
      int block = pool.find(hashes[i]);
      pool.hold(block);
      sequence.addBlock(block);
    }
    sequence.offeredBlocks = cachedBlocks;
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
    int needed = settings.blocksFor(tokens) - sequence.blockCount;
    if (needed > pool.free()) {
      return false;
    }
    for (int i = 0; i < needed; i++) {
      sequence.addBlock(pool.allocate());
    }
    if (settings.prefixCaching()) {
      long[] hashes = sequence.request.blockHashes();
      int full = Math.min(tokens / settings.blockSize(), hashes.length);
      for (int i = sequence.offeredBlocks; i < full; i++) {
        pool.publish(sequence.blocks[i], hashes[i]);
        sequence.offeredBlocks = i + 1;
      }
    }
    return true;
  }

  /** Takes all blocks back, the last one first, so that the end of a chain is evicted first. */
  void release(Sequence sequence) {
    for (int i = sequence.blockCount - 1; i >= 0; i--) {
      pool.release(sequence.blocks[i]);
    }
    sequence.blockCount = 0;
    sequence.offeredBlocks = 0;
  }
}
