package dev.candor.analysis.plan;

import java.util.function.IntUnaryOperator;

/** Whole replicas, at least one. */
public record ReplicaCount(int low, int likely, int high) {

  /** What becomes of each of the three. */
  ReplicaCount map(IntUnaryOperator change) {
    return new ReplicaCount(
        change.applyAsInt(low), change.applyAsInt(likely), change.applyAsInt(high));
  }

  /** The larger of both, end by end. */
  ReplicaCount atLeast(ReplicaCount other) {
    return new ReplicaCount(
        Math.max(low, other.low), Math.max(likely, other.likely), Math.max(high, other.high));
  }

  /** Such as {@code 7 (6 to 8)}. */
  public String text() {
    return low == high ? Integer.toString(likely) : "%d (%d to %d)".formatted(likely, low, high);
  }
}
