package dev.candor.record;

import org.jspecify.annotations.Nullable;

/**
 * A load step as it was carried out. Instants are nanoseconds since the start of the run.
 *
 * @param kind {@code closed}, {@code open}
 * @param users level at the end of the step, null for an open one
 * @param ratePerSecond rate at the end of the step, null for a closed one
 * @param ramp whether the level changed during the step
 * @param plannedNanos how long it was meant to last
 * @param endNanos when starts ended: before the plan where the run was interrupted
 * @param heldBack starts that the cap on in-flight requests delayed
 */
public record PhaseRecord(
    int index,
    String name,
    String kind,
    @Nullable Integer users,
    @Nullable Double ratePerSecond,
    boolean ramp,
    boolean warmup,
    long plannedNanos,
    long startNanos,
    long endNanos,
    long heldBack) {}
