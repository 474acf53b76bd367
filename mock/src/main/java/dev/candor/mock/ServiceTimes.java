package dev.candor.mock;

/** Where the instants of an answer come from: distributions now, an engine later. */
interface ServiceTimes {

  /** The plan of the answer to request {@code number}; the same number has the same plan. */
  Answer plan(long number, int maxTokens, boolean exactLength);

  /**
   * @param gapsNanos before each token; the first is the TTFT
   * @param seed of the answer's text
   */
  record Answer(int reasoningTokens, long[] gapsNanos, long seed) {
    int tokens() {
      return gapsNanos.length;
    }
  }
}
