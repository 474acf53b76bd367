package dev.candor.engine.cluster;

/**
 * Where the requests for a model go.
 *
 * @param pool index of the pool that takes them in
 * @param decodePool index of the pool that goes on from the prompt's KV, {@link #NONE} where the
 *     first does it all
 */
public record Route(int pool, int decodePool) {
  /** No pool. */
  public static final int NONE = -1;

  /** To a pool that does it all. */
  public static Route to(int pool) {
    return new Route(pool, NONE);
  }

  /** Whether prompts and answers are computed in different places. */
  public boolean disaggregated() {
    return decodePool != NONE;
  }
}
