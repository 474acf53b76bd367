package dev.candor.engine.cluster;

import dev.candor.base.random.Seed;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Profiles;
import dev.candor.engine.Routing;
import dev.candor.engine.StepTime;
import dev.candor.engine.Telling;
import java.util.List;

/** Clusters and requests for tests. */
final class Clusters {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;

  private Clusters() {}

  /** The tiny profile: steps of 1 ms, 64 blocks of 4 tokens, 4 sequences, 64 tokens a step. */
  static EngineSettings tiny() {
    return profile("tiny").settings();
  }

  static EngineProfile profile(String name) {
    return (EngineProfile) Profiles.named(name);
  }

  /** Steps of 1 ms and another of 1 ms for every 16 tokens of prefill. */
  static EngineSettings tinyWithPrefill() {
    return tiny().withStepTime(new StepTime(0, MILLI, MILLI / 16.0, 0, 0, 0, 0, 0, 0));
  }

  static PoolSettings pool(String name, int replicas, Routing routing) {
    return new PoolSettings(name, tiny(), replicas, routing, 1000, null);
  }

  static PoolSettings scaled(Routing routing, Autoscaling autoscaling) {
    return new PoolSettings("p", tiny(), autoscaling.min(), routing, 1000, autoscaling);
  }

  static ClusterSettings one(PoolSettings pool, Disturbance... disturbances) {
    return new ClusterSettings(
        List.of(pool), List.of(Route.to(0)), KvTransfer.NONE, List.of(disturbances));
  }

  static ClusterSettings disaggregated(
      PoolSettings prefill, PoolSettings decode, KvTransfer transfer, Disturbance... disturbances) {
    return new ClusterSettings(
        List.of(prefill, decode), List.of(new Route(0, 1)), transfer, List.of(disturbances));
  }

  static Cluster cluster(ClusterSettings settings, EngineListener listener) {
    return new Cluster(settings, new Seed(1), Telling.EACH, 0, listener);
  }

  /** One that shares nothing. */
  static EngineRequest alone(long id, int promptTokens, int outputTokens) {
    return new EngineRequest(id, promptTokens, outputTokens, new long[0]);
  }

  static EngineRequest ofSession(long id, long session) {
    return new EngineRequest(id, 4, 9, new long[0], session, 0, 0, EngineRequest.NONE);
  }

  /** One for a model. */
  static EngineRequest ofModel(long id, int model) {
    return new EngineRequest(
        id, 4, 9, new long[0], EngineRequest.NONE, model, 0, EngineRequest.NONE);
  }

  /**
   * One whose first {@code sharedTokens} are those of every request of that {@code family}; the
   * rest is its own. Blocks have 4 tokens.
   */
  static EngineRequest sharing(
      long id, int promptTokens, int outputTokens, long family, int sharedTokens) {
    long[] hashes = new long[(promptTokens + outputTokens) / 4];
    for (int i = 0; i < hashes.length; i++) {
      boolean shared = (i + 1) * 4 <= sharedTokens;
      hashes[i] = new Seed(shared ? family : -1 - id).derive(i).value();
    }
    return new EngineRequest(id, promptTokens, outputTokens, hashes);
  }

  /** Until nothing is left to do. */
  static void drain(Cluster cluster) {
    while (cluster.nextNanos() != Long.MAX_VALUE) {
      cluster.advance(cluster.nextNanos());
    }
  }
}
