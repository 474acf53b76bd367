package dev.candor.analysis.plan;

import org.jspecify.annotations.Nullable;

/**
 * The fleet if something were otherwise.
 *
 * @param what would be
 * @param computedInputTps at the peak then
 * @param outputTps at the peak then
 * @param replicas with the lower headroom; null where nobody can know, which {@code how} says
 */
public record Variation(
    String what,
    double computedInputTps,
    double outputTps,
    @Nullable ReplicaCount replicas,
    String how) {}
