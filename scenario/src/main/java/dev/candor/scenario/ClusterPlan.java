package dev.candor.scenario;

import dev.candor.base.error.CandorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Engines of a simulation.
 *
 * @param pools at least one; names differ
 * @param transfer from pools of prefill to pools of decode
 * @param failures in any order
 */
public record ClusterPlan(List<Pool> pools, KvTransfer transfer, List<Failure> failures) {
  /** Replicas of all pools together, at most. */
  public static final int MOST_REPLICAS = 2000;

  public ClusterPlan {
    pools = List.copyOf(pools);
    failures = List.copyOf(failures);
  }

  /** What the replicas of a pool compute. */
  public enum Role {
    /** Prompts and answers. */
    BOTH,
    /** Prompts, whose KV moves on. */
    PREFILL,
    /** Answers, from KV that has come. */
    DECODE
  }

  /**
   * Replicas that are alike.
   *
   * @param engine its replicas are those at the start
   * @param classes request classes that it serves; none: all that no other pool names
   * @param autoscale null: always as many
   */
  public record Pool(
      String name,
      Role role,
      MockEngine engine,
      List<String> classes,
      @Nullable Autoscale autoscale) {
    public Pool {
      classes = List.copyOf(classes);
    }

    /** Whether requests come to it, and not from another pool. */
    public boolean front() {
      return role != Role.DECODE;
    }

    /** Replicas that there are at most. */
    public int most() {
      return autoscale == null ? engine.replicas() : autoscale.max();
    }
  }

  /**
   * How many replicas there are, by the requests in the pool.
   *
   * @param targetInFlight for each replica
   * @param everyNanos between evaluations
   * @param startupNanos until a new replica takes requests
   * @param cooldownNanos for which fewer must have been enough, before one goes
   * @param add new replicas of one evaluation, at most
   */
  public record Autoscale(
      int min,
      int max,
      double targetInFlight,
      long everyNanos,
      long startupNanos,
      long cooldownNanos,
      int add) {}

  /**
   * How KV moves.
   *
   * @param bytesPerSecond out of one replica; infinite: no limit
   */
  public record KvTransfer(double bytesPerSecond, long latencyNanos) {
    /** In no time. */
    public static final KvTransfer NONE = new KvTransfer(Double.POSITIVE_INFINITY, 0);
  }

  /**
   * What happens to one replica.
   *
   * @param replica of the pool, from 0
   * @param atNanos since the start of the run
   * @param forNanos null: for ever
   * @param slow factor on its steps; null: it crashes
   */
  public record Failure(
      String pool, int replica, long atNanos, @Nullable Long forNanos, @Nullable Double slow) {}

  /**
   * The pools that requests for a model go through, by their indices.
   *
   * @param decodePool null: the first does it all
   */
  public record Route(int pool, @Nullable Integer decodePool) {}

  /**
   * What is served.
   *
   * @param routes by the index of the model
   * @param byClass the model of each request class that a pool names
   * @param other that of all other classes; null: they are not served
   */
  public record Models(List<Route> routes, Map<String, Integer> byClass, @Nullable Integer other) {
    public Models {
      routes = List.copyOf(routes);
      byClass = Map.copyOf(byClass);
    }

    /**
     * The model of a request class, for {@code EngineRequest.model}.
     *
     * @throws CandorException where no pool serves it
     */
    public int of(String requestClass) {
      Integer named = byClass.get(requestClass);
      Integer model = named == null ? other : named;
      if (model == null) {
        throw CandorException.user(
            ("simulation.cluster: no pool serves the class %s; name it in a pool's classes, or have"
                    + " a pool without classes, which serves all others")
                .formatted(requestClass));
      }
      return model;
    }
  }

  /** Which models there are, in the order in which pools name their classes. */
  public Models models() {
    Map<Route, Integer> routes = new LinkedHashMap<>();
    Map<String, Integer> byClass = new LinkedHashMap<>();
    pools.stream()
        .flatMap(pool -> pool.classes().stream())
        .distinct()
        .forEach(
            name -> {
              Route route = route(name);
              if (route != null) {
                byClass.put(name, routes.computeIfAbsent(route, each -> routes.size()));
              }
            });
    Route rest = route(null);
    Integer other = rest == null ? null : routes.computeIfAbsent(rest, each -> routes.size());
    return new Models(List.copyOf(routes.keySet()), byClass, other);
  }

  /** The way of a class, null: of those that no pool names; null where there is none. */
  private @Nullable Route route(@Nullable String requestClass) {
    int front = serving(requestClass, true);
    if (front < 0) {
      return null;
    }
    if (pools.get(front).role() == Role.BOTH) {
      return new Route(front, null);
    }
    int decode = serving(requestClass, false);
    return decode < 0 ? null : new Route(front, decode);
  }

  /** The pool that names a class, else the one without classes; -1 where there is none. */
  private int serving(@Nullable String requestClass, boolean front) {
    int rest = -1;
    for (int i = 0; i < pools.size(); i++) {
      Pool pool = pools.get(i);
      if (pool.front() == front) {
        if (requestClass != null && pool.classes().contains(requestClass)) {
          return i;
        }
        rest = pool.classes().isEmpty() ? i : rest;
      }
    }
    return rest;
  }

  /**
   * Whether its replicas know nothing of each other, so that they may be simulated apart: which one
   * takes a request does not depend on what others do.
   */
  public boolean shardable() {
    return pools.stream()
        .allMatch(
            pool ->
                pool.role() == Role.BOTH
                    && pool.autoscale() == null
                    && Stream.of(MockEngine.Routing.ROUND_ROBIN, MockEngine.Routing.SESSION_STICKY)
                        .anyMatch(each -> each == pool.engine().routing()));
  }
}
