package dev.candor.engine;

/**
 * What an engine holds now and has counted since it was made; a crash does not reset the counts.
 * {@code submitted = completed + running + waiting + arriving + rejected + cancelled + failed}.
 *
 * @param running requests that hold blocks and are computed, step by step
 * @param waiting requests that the scheduler sees and that do not run
 * @param arriving requests in the request overhead, on their way to the scheduler
 * @param usedBlocks blocks that a request holds
 * @param cachedBlocks free blocks that can still be found by what they hold
 * @param totalBlocks used and free
 * @param down crashed and not restarted
 * @param submitted requests in, rejected ones too
 * @param rejected those that were not accepted
 * @param failed those that a crash ended
 * @param preemptions times that a running request lost its blocks
 * @param evictions cached blocks that were reused for something else
 * @param prefixQueries tokens of prompts looked up in the prefix cache, once a request
 * @param prefixHits those of them that were found
 * @param promptTokens of the requests that have produced a token
 * @param generationTokens tokens produced
 * @param steps steps begun
 * @param busyNanos time in steps that have ended
 * @param lastStep the step under way, else the last
 */
public record EngineState(
    int running,
    int waiting,
    int arriving,
    int usedBlocks,
    int cachedBlocks,
    int totalBlocks,
    boolean down,
    long submitted,
    long completed,
    long rejected,
    long cancelled,
    long failed,
    long preemptions,
    long evictions,
    long prefixQueries,
    long prefixHits,
    long promptTokens,
    long generationTokens,
    long steps,
    long busyNanos,
    Step lastStep) {

  /**
   * One step.
   *
   * @param batch requests in it
   * @param tokens tokens computed
   */
  public record Step(int batch, int tokens, long durationNanos) {}

  static EngineState of(
      Counters counters,
      Batcher batcher,
      int arriving,
      BlockPool pool,
      boolean down,
      long lastDurationNanos) {
    return new EngineState(
        batcher.running.size() - counters.cancelledRunning,
        batcher.waiting.size(),
        arriving,
        pool.total() - pool.free(),
        pool.cached(),
        pool.total(),
        down,
        counters.submitted,
        counters.completed,
        counters.rejected,
        counters.cancelled,
        counters.failed,
        counters.preemptions,
        pool.evictions(),
        counters.prefixQueries,
        counters.prefixHits,
        counters.promptTokens,
        counters.generationTokens,
        counters.steps,
        counters.busyNanos,
        new Step(batcher.work.batch, batcher.work.tokens(), lastDurationNanos));
  }
}
