package dev.candor.engine.cluster;

import dev.candor.base.error.CandorException;

/**
 * How many replicas a pool has, by the requests that it holds, waiting ones too. The rules are
 * those of Kubernetes' HorizontalPodAutoscaler for a target of an average value: {@code
 * ceil(inFlight / targetInFlight)} replicas are wanted, and fewer than there are only where no
 * evaluation within {@code cooldownNanos} has wanted more.
 *
 * @param min at least 1
 * @param max at least {@code min}
 * @param targetInFlight requests in the pool for each replica, above 0
 * @param everyNanos from one evaluation to the next, above 0
 * @param startupNanos until a new replica takes requests: a node, the image, the model's weights
 * @param cooldownNanos as Kubernetes' stabilization window for scaling down
 * @param step new replicas of one evaluation at most
 */
public record Autoscaling(
    int min,
    int max,
    double targetInFlight,
    long everyNanos,
    long startupNanos,
    long cooldownNanos,
    int step) {

  public Autoscaling {
    if (min < 1 || max < min) {
      throw CandorException.user(
          "autoscale has min %d and max %d, must have 1 <= min <= max".formatted(min, max));
    }
    if (!(targetInFlight > 0) || Double.isInfinite(targetInFlight)) {
      throw CandorException.user(
          "target_in_flight is %s, must be above 0".formatted(targetInFlight));
    }
    if (everyNanos < 1 || startupNanos < 0 || cooldownNanos < 0 || step < 1) {
      throw new IllegalArgumentException(
          "every %d, startup %d, cooldown %d, step %d"
              .formatted(everyNanos, startupNanos, cooldownNanos, step));
    }
  }

  /** Replicas for so many requests. */
  int wanted(int inFlight) {
    return Math.clamp((long) Math.ceil(inFlight / targetInFlight), min, max);
  }
}
