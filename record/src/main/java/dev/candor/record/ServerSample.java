package dev.candor.record;

/**
 * A figure that the server told of itself; a row of server.parquet.
 *
 * @param atNanos since the start of the run; before it where negative
 * @param target index of the address that told it
 */
public record ServerSample(long atNanos, int target, ServerMetric metric, double value) {}
