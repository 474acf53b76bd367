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
      new MockSettings(
          new Distribution.LogNormal(150e6, 0.3),
          new Distribution.Gamma(15e6, 0.2),
          null,
          1,
          0,
          0,
          null,
          null);

  /** The same without a recorded run. */
  public MockSettings(
      Distribution ttftNanos,
      Distribution itlNanos,
      @Nullable Distribution outputTokens,
      int tokensPerChunk,
      int reasoningTokens,
      int maxConcurrency,
      @Nullable Path truth) {
    this(
        ttftNanos,
        itlNanos,
        outputTokens,
        tokensPerChunk,
        reasoningTokens,
        maxConcurrency,
        truth,
        null);
  }

  /** The same with the times and lengths of a recorded run. */
  public MockSettings withRecorded(Distribution ttft, Distribution itl, Distribution lengths) {
    return new MockSettings(
        ttft, itl, lengths, tokensPerChunk, reasoningTokens, maxConcurrency, truth, recorded);
  }
}
