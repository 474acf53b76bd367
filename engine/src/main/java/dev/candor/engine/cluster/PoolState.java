package dev.candor.engine.cluster;

/**
 * What a pool is and has used up.
 *
 * @param up replicas that take requests
 * @param down crashed ones
 * @param inFlight requests that it holds, waiting ones too
 * @param replicaNanos time that replicas were there, from the beginning of their start until they
 *     were drained or have crashed for ever: what is paid for
 */
public record PoolState(
    String name, int up, int starting, int draining, int down, int inFlight, long replicaNanos) {}
