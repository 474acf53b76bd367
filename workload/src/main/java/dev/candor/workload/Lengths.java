package dev.candor.workload;

/** How long the prompts and answers of a run are, and which prefixes they share. Thread-safe. */
interface Lengths {

  Length of(long number);

  /**
   * @param prefixBlocks ids of leading blocks of {@link #BLOCK_TOKENS} tokens; equal ids are equal
   *     text
   */
  record Length(String requestClass, int inputTokens, int outputTokens, long[] prefixBlocks) {
    static final int BLOCK_TOKENS = 512;
    static final long[] NO_BLOCKS = {};
  }
}
