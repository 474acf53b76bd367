package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The embedded mock, as a scenario or {@code candor mock} sets it.
 *
 * @param ttftNanos from the complete request to the first token
 * @param itlNanos between tokens
 * @param outputTokens length of an answer; null: what the request's max_tokens allows
 * @param tokensPerChunk tokens in one stream event, at least 1
 * @param reasoningTokens tokens of reasoning ahead of the answer
 * @param maxConcurrency requests served at once, the others queue in order; 0: no limit
 * @param truth file for the true instants, or null
 * @param recorded directory of a run whose TTFT, ITL and answer lengths stand in for the first
 *     three, or null
 */
public record MockSettings(
    Distribution ttftNanos,
    Distribution itlNanos,
    @Nullable Distribution outputTokens,
    int tokensPerChunk,
    int reasoningTokens,
    int maxConcurrency,
    @Nullable Path truth,
    @Nullable Path recorded) {

  /** TTFT lognormal with median 150 ms, ITL gamma with mean 15 ms. */
  public static final MockSettings DEFAULT =
      of(new Distribution.LogNormal(150e6, 0.3), new Distribution.Gamma(15e6, 0.2));

  /** These times, in nanoseconds, and nothing else set. */
  public static MockSettings of(Distribution ttft, Distribution itl) {
    return new MockSettings(ttft, itl, null, 1, 0, 0, null, null);
  }

  public MockSettings withOutputTokens(@Nullable Distribution lengths) {
    return new MockSettings(
        ttftNanos,
        itlNanos,
        lengths,
        tokensPerChunk,
        reasoningTokens,
        maxConcurrency,
        truth,
        recorded);
  }

  public MockSettings withTokensPerChunk(int tokens) {
    return new MockSettings(
        ttftNanos,
        itlNanos,
        outputTokens,
        tokens,
        reasoningTokens,
        maxConcurrency,
        truth,
        recorded);
  }

  public MockSettings withReasoningTokens(int tokens) {
    return new MockSettings(
        ttftNanos, itlNanos, outputTokens, tokensPerChunk, tokens, maxConcurrency, truth, recorded);
  }

  public MockSettings withMaxConcurrency(int requests) {
    return new MockSettings(
        ttftNanos,
        itlNanos,
        outputTokens,
        tokensPerChunk,
        reasoningTokens,
        requests,
        truth,
        recorded);
  }

  public MockSettings withTruth(@Nullable Path file) {
    return new MockSettings(
        ttftNanos,
        itlNanos,
        outputTokens,
        tokensPerChunk,
        reasoningTokens,
        maxConcurrency,
        file,
        recorded);
  }

  /** The times and lengths of a recorded run in place of these. */
  public MockSettings withRecorded(Distribution ttft, Distribution itl, Distribution lengths) {
    return new MockSettings(
        ttft, itl, lengths, tokensPerChunk, reasoningTokens, maxConcurrency, truth, recorded);
  }
}
