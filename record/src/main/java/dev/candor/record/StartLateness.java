package dev.candor.record;

/**
 * By how much later than its schedule a step's starts were made: a request was ready and handed to
 * its connection or to the queue for one. Starts that the cap on requests in flight held back are
 * not among them. Nanoseconds, 0 where there was no start.
 *
 * @param count starts
 */
public record StartLateness(
    long count,
    double meanNanos,
    long minNanos,
    long p50Nanos,
    long p90Nanos,
    long p95Nanos,
    long p99Nanos,
    long p999Nanos,
    long maxNanos) {}
