package dev.candor.mock.metrics;

/**
 * A request that has ended, well or not; durations in nanoseconds.
 *
 * @param reason {@code stop}, {@code length} or {@code abort}
 * @param maxTokens that it allowed, 0: no limit
 * @param queueNanos from its arrival to the beginning of work on it
 * @param prefillNanos from there to the first token
 * @param decodeNanos from there to the last
 */
public record FinishedRequest(
    int replica,
    String reason,
    int promptTokens,
    int cachedTokens,
    int outputTokens,
    int maxTokens,
    long queueNanos,
    long prefillNanos,
    long decodeNanos) {

  long e2eNanos() {
    return queueNanos + prefillNanos + decodeNanos;
  }
}
