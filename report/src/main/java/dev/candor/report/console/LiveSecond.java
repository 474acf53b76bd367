package dev.candor.report.console;

import org.jspecify.annotations.Nullable;

/**
 * One second of a run while it lasts. Latencies in milliseconds of what ended in it, null where
 * nothing did; of few samples p99 is the largest.
 *
 * @param second of the run, from 0
 * @param phase what the load was doing, warm-up too
 * @param inFlight attempts, time-weighted mean
 * @param completed attempts that ended in it, and so {@code failed}, those that are retried left
 *     out
 * @param goodput of what ended in it, 0 to 1; null without service levels
 * @param limited whether its figures are the client's own
 */
public record LiveSecond(
    int second,
    String phase,
    int users,
    double inFlight,
    long completed,
    long failed,
    double outputTps,
    @Nullable Double ttftP50,
    @Nullable Double ttftP99,
    @Nullable Double itlP50,
    @Nullable Double itlP99,
    @Nullable Double goodput,
    boolean limited) {}
