package dev.candor.record;

import org.jspecify.annotations.Nullable;

/**
 * A figure that the server told of itself; a row of server.parquet.
 *
 * @param atNanos since the start of the run, the middle of the request for the page and its answer;
 *     before the start where negative
 * @param target index of the page that told it
 * @param part engine or GPU of a page that has several, null for all of them together
 * @param le upper bound of a histogram's bucket, in seconds, infinite for all values; null for what
 *     is no bucket
 */
public record ServerSample(
    long atNanos,
    int target,
    ServerMetric metric,
    double value,
    @Nullable String part,
    @Nullable Double le) {

  /** A figure of all engines of a page together. */
  public ServerSample(long atNanos, int target, ServerMetric metric, double value) {
    this(atNanos, target, metric, value, null, null);
  }
}
