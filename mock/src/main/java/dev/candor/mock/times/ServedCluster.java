package dev.candor.mock.times;

import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.LatencyProfile;
import dev.candor.engine.Profiles;
import dev.candor.engine.cluster.Autoscaling;
import dev.candor.engine.cluster.ClusterSettings;
import dev.candor.engine.cluster.Disturbance;
import dev.candor.engine.cluster.KvTransfer;
import dev.candor.engine.cluster.PoolSettings;
import dev.candor.engine.cluster.Route;
import dev.candor.scenario.ClusterPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan comes to: engines with their profiles.
 *
 * @param settings what a {@code Cluster} is made of; its models are those of the plan
 * @param profiles of the pools, one each
 */
public record ServedCluster(ClusterSettings settings, List<EngineProfile> profiles) {
  public ServedCluster {
    profiles = List.copyOf(profiles);
  }

  /**
   * Loads the profiles that {@code plan} names.
   *
   * @throws CandorException where there is no such profile, it has mistakes or no engine, or pools
   *     that share KV do not agree on what it is
   */
  public static ServedCluster of(ClusterPlan plan) {
    List<EngineProfile> profiles = new ArrayList<>();
    List<PoolSettings> pools = new ArrayList<>();
    for (ClusterPlan.Pool pool : plan.pools()) {
      ServedProfile.Simulated served = simulated(pool);
      profiles.add(served.profile());
      pools.add(
          new PoolSettings(
              pool.name(),
              served.settings(),
              served.replicas(),
              served.routing(),
              served.profile().model().kvBytesPerToken(),
              autoscaling(pool.autoscale())));
    }
    try {
      return new ServedCluster(
          new ClusterSettings(
              pools,
              plan.models().routes().stream().map(ServedCluster::route).toList(),
              new KvTransfer(plan.transfer().bytesPerSecond(), plan.transfer().latencyNanos()),
              plan.failures().stream().map(each -> disturbance(plan, each)).toList()),
          profiles);
    } catch (CandorException e) {
      throw CandorException.user("simulation.cluster: " + e.getMessage());
    }
  }

  private static ServedProfile.Simulated simulated(ClusterPlan.Pool pool) {
    return switch (Profiles.named(pool.engine().profile())) {
      case EngineProfile engine -> ServedProfile.simulated(engine, pool.engine());
      case LatencyProfile latencies ->
          throw CandorException.user(
              ("simulation.cluster: pool %s: the profile %s has latencies and no engine; choose one"
                      + " with steps, such as h100-llama3-8b")
                  .formatted(pool.name(), latencies.name()));
    };
  }

  private static Route route(ClusterPlan.Route route) {
    Integer decode = route.decodePool();
    return decode == null ? Route.to(route.pool()) : new Route(route.pool(), decode);
  }

  private static @Nullable Autoscaling autoscaling(ClusterPlan.@Nullable Autoscale plan) {
    return plan == null
        ? null
        : new Autoscaling(
            plan.min(),
            plan.max(),
            plan.targetInFlight(),
            plan.everyNanos(),
            plan.startupNanos(),
            plan.cooldownNanos(),
            plan.add());
  }

  private static Disturbance disturbance(ClusterPlan plan, ClusterPlan.Failure failure) {
    int pool = plan.pools().stream().map(ClusterPlan.Pool::name).toList().indexOf(failure.pool());
    long lasts = failure.forNanos() == null ? Disturbance.FOR_EVER : failure.forNanos();
    return failure.slow() == null
        ? new Disturbance.Crash(pool, failure.replica(), failure.atNanos(), lasts)
        : new Disturbance.Slowdown(
            pool, failure.replica(), failure.atNanos(), lasts, failure.slow());
  }

  /** Such as {@code chat: h100-llama3-8b × 2, code: h100x4-llama3-70b × 1 to 4}. */
  public String text() {
    List<String> pools = new ArrayList<>();
    for (int i = 0; i < profiles.size(); i++) {
      PoolSettings pool = settings.pools().get(i);
      Autoscaling scaling = pool.autoscaling();
      String replicas =
          scaling == null ? "" + pool.replicas() : scaling.min() + " to " + scaling.max();
      pools.add("%s: %s × %s".formatted(pool.name(), profiles.get(i).name(), replicas));
    }
    return String.join(", ", pools);
  }

  /** Tokens of a block of each model's prefix cache, 0 where it has none. */
  public List<Integer> blockSizes() {
    return settings.routes().stream()
        .map(
            route -> {
              KvCacheSettings first = settings.pools().get(route.pool()).engine().kvCache();
              boolean caches =
                  first.prefixCaching()
                      || (route.disaggregated()
                          && settings
                              .pools()
                              .get(route.decodePool())
                              .engine()
                              .kvCache()
                              .prefixCaching());
              return caches ? first.blockSize() : 0;
            })
        .toList();
  }

  /** Of the model with the longest context. */
  public int maxModelLen() {
    return settings.pools().stream()
        .mapToInt(pool -> pool.engine().limits().maxModelLen())
        .max()
        .orElseThrow();
  }
}
