package dev.candor.engine.cluster;

import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Routing;
import org.jspecify.annotations.Nullable;

/**
 * Replicas that are alike.
 *
 * @param replicas up from the start
 * @param routing between them
 * @param kvBytesPerToken of the model, on all GPUs together, for transfers
 * @param autoscaling null: always as many
 */
public record PoolSettings(
    String name,
    EngineSettings engine,
    int replicas,
    Routing routing,
    long kvBytesPerToken,
    @Nullable Autoscaling autoscaling) {

  public PoolSettings {
    if (replicas < 1) {
      throw CandorException.user(
          "pool %s: replicas is %d, must be at least 1".formatted(name, replicas));
    }
    if (autoscaling != null && (replicas < autoscaling.min() || replicas > autoscaling.max())) {
      throw CandorException.user(
          "pool %s: replicas is %d, must be from min (%d) to max (%d)"
              .formatted(name, replicas, autoscaling.min(), autoscaling.max()));
    }
  }

  /** Replicas that there are at most. */
  public int most() {
    return autoscaling == null ? replicas : autoscaling.max();
  }
}
