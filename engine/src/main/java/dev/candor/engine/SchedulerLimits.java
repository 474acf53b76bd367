package dev.candor.engine;

import dev.candor.base.error.CandorException;

/**
 * What bounds a step and the queue; names as vLLM's options.
 *
 * @param maxNumSeqs requests that run at once
 * @param maxNumBatchedTokens tokens of a step, prefill and decode together
 * @param maxModelLen prompt and answer of one request
 * @param chunkedPrefill whether a prompt may be computed over several steps
 * @param longPrefillTokenThreshold most tokens of one request in a step; 0: none
 * @param maxQueue requests accepted beyond the {@code maxNumSeqs} that can run; 0: unbounded
 */
public record SchedulerLimits(
    int maxNumSeqs,
    int maxNumBatchedTokens,
    int maxModelLen,
    boolean chunkedPrefill,
    int longPrefillTokenThreshold,
    int maxQueue) {

  public SchedulerLimits {
    Checks.atLeast("max_num_seqs", maxNumSeqs, 1);
    Checks.atLeast("max_num_batched_tokens", maxNumBatchedTokens, 1);
    Checks.atLeast("max_model_len", maxModelLen, 2);
    Checks.atLeast("long_prefill_token_threshold", longPrefillTokenThreshold, 0);
    Checks.atLeast("max_queue", maxQueue, 0);
    if (!chunkedPrefill && maxNumBatchedTokens < maxModelLen) {
      throw CandorException.user(
          ("max_num_batched_tokens is %d, must be at least max_model_len (%d) without chunked"
                  + " prefill: a longer prompt would wait for ever")
              .formatted(maxNumBatchedTokens, maxModelLen));
    }
  }

  public SchedulerLimits withMaxNumSeqs(int value) {
    return new SchedulerLimits(
        value,
        maxNumBatchedTokens,
        maxModelLen,
        chunkedPrefill,
        longPrefillTokenThreshold,
        maxQueue);
  }

  public SchedulerLimits withMaxNumBatchedTokens(int value) {
    return new SchedulerLimits(
        maxNumSeqs, value, maxModelLen, chunkedPrefill, longPrefillTokenThreshold, maxQueue);
  }

  public SchedulerLimits withMaxModelLen(int value) {
    return new SchedulerLimits(
        maxNumSeqs,
        maxNumBatchedTokens,
        value,
        chunkedPrefill,
        longPrefillTokenThreshold,
        maxQueue);
  }

  public SchedulerLimits withChunkedPrefill(boolean value) {
    return new SchedulerLimits(
        maxNumSeqs, maxNumBatchedTokens, maxModelLen, value, longPrefillTokenThreshold, maxQueue);
  }

  public SchedulerLimits withLongPrefillTokenThreshold(int value) {
    return new SchedulerLimits(
        maxNumSeqs, maxNumBatchedTokens, maxModelLen, chunkedPrefill, value, maxQueue);
  }

  public SchedulerLimits withMaxQueue(int value) {
    return new SchedulerLimits(
        maxNumSeqs,
        maxNumBatchedTokens,
        maxModelLen,
        chunkedPrefill,
        longPrefillTokenThreshold,
        value);
  }
}
