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
 * @param session the conversation that it belongs to, {@link #NONE} where it is by itself; for
 *     routers
 * @param model index of the model that it asks for, 0 where there is one
 * @param carriedTokens leading tokens of the prompt whose KV comes with it and is not computed,
 *     less than {@code promptTokens}
 * @param tellToken index of an output token of which the listener must hear at its instant, beside
 *     the first; {@link #NONE}
 */
public record EngineRequest(
    long id,
    int promptTokens,
    int outputTokens,
    long[] blockHashes,
    long session,
    int model,
    int carriedTokens,
    int tellToken) {
  /** Nothing of the kind. */
  public static final int NONE = -1;

  /** One by itself, of the only model. */
  public EngineRequest(long id, int promptTokens, int outputTokens, long[] blockHashes) {
    this(id, promptTokens, outputTokens, blockHashes, NONE, 0, 0, NONE);
  }

  public EngineRequest {
    if (promptTokens < 1 || outputTokens < 1) {
      throw new IllegalArgumentException(
          "request %d has %d prompt and %d output tokens, must have at least 1 of each"
              .formatted(id, promptTokens, outputTokens));
    }
    if (carriedTokens < 0 || carriedTokens >= promptTokens) {
      throw new IllegalArgumentException(
          "request %d carries %d of %d prompt tokens, must leave at least 1 to compute"
              .formatted(id, carriedTokens, promptTokens));
    }
  }

  /**
   * @throws IllegalArgumentException where a request of this id is among it
   */
  void checkNew(IdMap<?> present) {
    if (present.get(id) != null) {
      throw new IllegalArgumentException(
          "request %d is here already; ids must be unique".formatted(id));
    }
  }

  long totalTokens() {
    return (long) promptTokens + outputTokens;
  }

  /**
   * @throws IllegalArgumentException where there are more hashes than full blocks
   */
  void checkHashes(int blockSize) {
    long blocks = totalTokens() / blockSize;
    if (blockHashes.length > blocks) {
      throw new IllegalArgumentException(
          "request %d has %d block hashes, must have at most %d: one a full block of %d tokens"
              .formatted(id, blockHashes.length, blocks, blockSize));
    }
  }
}
