package dev.candor.engine.cluster;

import dev.candor.base.error.CandorException;
import java.util.List;

/**
 * What a cluster is made of.
 *
 * @param pools at least one
 * @param routes by the index of the model that a request asks for
 * @param transfer between pools of prefill and of decode
 * @param disturbances in any order
 */
public record ClusterSettings(
    List<PoolSettings> pools,
    List<Route> routes,
    KvTransfer transfer,
    List<Disturbance> disturbances) {
  /** Replicas of all pools together, at most. */
  public static final int MOST_REPLICAS = 2000;

  public ClusterSettings {
    pools = List.copyOf(pools);
    routes = List.copyOf(routes);
    disturbances = List.copyOf(disturbances);
    if (pools.isEmpty() || routes.isEmpty()) {
      throw new IllegalArgumentException("a cluster needs a pool and a route");
    }
    long replicas = pools.stream().mapToLong(PoolSettings::most).sum();
    if (replicas > MOST_REPLICAS) {
      throw CandorException.user(
          "%d replicas in all pools together, must be at most %d"
              .formatted(replicas, MOST_REPLICAS));
    }
    for (int i = 0; i < pools.size(); i++) {
      part(pools, routes, i);
    }
    for (Route route : routes) {
      if (route.disaggregated()) {
        checkShapes(pools.get(route.pool()), pools.get(route.decodePool()));
      }
    }
  }

  private static void checkShapes(PoolSettings prefill, PoolSettings decode) {
    if (prefill.kvBytesPerToken() != decode.kvBytesPerToken()) {
      throw CandorException.user(
          ("pools %s and %s: a token's KV has %d and %d bytes, must be the same for one to go on"
                  + " from the other's")
              .formatted(
                  prefill.name(),
                  decode.name(),
                  prefill.kvBytesPerToken(),
                  decode.kvBytesPerToken()));
    }
    int prefillBlock = prefill.engine().kvCache().blockSize();
    int decodeBlock = decode.engine().kvCache().blockSize();
    if (prefillBlock != decodeBlock) {
      throw CandorException.user(
          "pools %s and %s: block_size is %d and %d, must be the same"
              .formatted(prefill.name(), decode.name(), prefillBlock, decodeBlock));
    }
  }

  /** What a pool computes of its requests. */
  Part part(int pool) {
    return part(pools, routes, pool);
  }

  private static Part part(List<PoolSettings> pools, List<Route> routes, int pool) {
    boolean whole =
        routes.stream().anyMatch(route -> route.pool() == pool && !route.disaggregated());
    boolean prefill =
        routes.stream().anyMatch(route -> route.pool() == pool && route.disaggregated());
    boolean decode = routes.stream().anyMatch(route -> route.decodePool() == pool);
    if ((whole ? 1 : 0) + (prefill ? 1 : 0) + (decode ? 1 : 0) != 1) {
      throw new IllegalArgumentException(
          "pool %s must have one part: the whole, prefill or decode"
              .formatted(pools.get(pool).name()));
    }
    return whole ? Part.WHOLE : prefill ? Part.PREFILL : Part.DECODE;
  }
}
