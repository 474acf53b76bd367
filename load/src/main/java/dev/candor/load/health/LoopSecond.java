package dev.candor.load.health;

/**
 * One loop's view of one second.
 *
 * @param second since the start of the run
 * @param inFlight attempts in flight, mean of 100 samples
 * @param users active at its end
 * @param tokenEvents that arrived
 */
public record LoopSecond(
    int loop,
    int second,
    long loopDelayP99Nanos,
    long sendLatenessP99Nanos,
    double inFlight,
    int users,
    long tokenEvents) {}
