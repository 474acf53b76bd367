package dev.candor.report.console;

import org.jspecify.annotations.Nullable;

/**
 * One second of a run while it lasts. Latencies in milliseconds of what ended in it, null where
 * nothing did.
 *
 * @param second of the run, from 0
 * @param inFlight attempts, time-weighted mean
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
