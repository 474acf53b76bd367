package dev.candor.load.health;

/**
 * One loop's view of one second.
 *
 * @param second since the start of the run
 * @param inFlight attempts in flight, mean of 100 samples
 * @param users active at its end
 * @param tokenEvents that arrived
 * @param handedOverNanos when the loop let go of it, on the run's clock
 */
public record LoopSecond(
    int loop,
    int second,
    long loopDelayP99Nanos,
    long sendLatenessP99Nanos,
    LoopGauges.Reading gauges,
    double inFlight,
    int users,
    long tokenEvents,
    long handedOverNanos) {}
