package dev.candor.mock.metrics;

/**
 * One replica as it stands; counts are since the start.
 *
 * @param usedBlocks of the KV cache that requests hold
 * @param evictions cached blocks that were given to others
 * @param prefixQueries prompt tokens that were looked up
 * @param prefixHits those of them that were found
 * @param busyNanos time spent in steps
 */
public record ReplicaState(
    int running,
    int waiting,
    int usedBlocks,
    int totalBlocks,
    int blockSize,
    long preemptions,
    long evictions,
    long prefixQueries,
    long prefixHits,
    long promptTokens,
    long generationTokens,
    long busyNanos) {

  /** From 0 to 1. */
  double kvUsage() {
    return totalBlocks == 0 ? 0 : (double) usedBlocks / totalBlocks;
  }

  /** Share of the prompt tokens looked up that were found. */
  double hitRate() {
    return prefixQueries == 0 ? 0 : (double) prefixHits / prefixQueries;
  }
}
