package dev.candor.engine;

/**
 * The KV cache of one replica.
 *
 * @param blockSize tokens of a block
 * @param blocks how many there are
 * @param prefixCaching whether full blocks can be found again by what they hold
 */
public record KvCacheSettings(int blockSize, int blocks, boolean prefixCaching) {
  public KvCacheSettings {
    Checks.atLeast("block_size", blockSize, 1);
    Checks.atLeast("blocks", blocks, 1);
  }

  public KvCacheSettings withBlockSize(int value) {
    return new KvCacheSettings(value, blocks, prefixCaching);
  }

  public KvCacheSettings withBlocks(int value) {
    return new KvCacheSettings(blockSize, value, prefixCaching);
  }

  public KvCacheSettings withPrefixCaching(boolean value) {
    return new KvCacheSettings(blockSize, blocks, value);
  }

  /** Blocks that hold {@code tokens}. */
  int blocksFor(int tokens) {
    return Math.ceilDiv(tokens, blockSize);
  }
}
