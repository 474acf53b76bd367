package dev.candor.engine;

/**
 * One request as an engine sees it. The array is not copied and must not change.
 *
 * @param id unique among the requests that an engine or fleet holds
 * @param promptTokens at least 1
 * @param outputTokens how many it will produce, at least 1
 * @param blockHashes the chain hash of each full block of prompt then answer, in order: equal
 *     hashes mean equal prefixes. At most {@code (promptTokens + outputTokens) / blockSize}; blocks
 *     beyond them are shared with nobody
 */
public record EngineRequest(long id, int promptTokens, int outputTokens, long[] blockHashes) {
  public EngineRequest {
    if (promptTokens < 1 || outputTokens < 1) {
      throw new IllegalArgumentException(
          "request %d has %d prompt and %d output tokens, must have at least 1 of each"
              .formatted(id, promptTokens, outputTokens));
    }
  }
}
