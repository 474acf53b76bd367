package dev.candor.record;

/**
 * How the client itself fared in one second of the run, the worst loop's figures.
 *
 * @param second since the start of the run
 * @param loopDelayP99Nanos how late the event loops' own 10 ms probes ran
 * @param sendLatenessP99Nanos sent − intended where the profile, not the server, decided; 0 without
 *     such starts
 * @param gcPauseMaxNanos longest garbage collection pause
 * @param cpuShare process CPU time over the time of the cores allowed, 0 to 1
 * @param inFlight attempts in flight, mean over the second
 * @param users active users or, in an open step, 0
 * @param tokenEvents that arrived in it
 * @param writerBacklog attempts that waited for the writer at the end of the second
 */
public record HealthWindow(
    int second,
    long loopDelayP99Nanos,
    long sendLatenessP99Nanos,
    long gcPauseMaxNanos,
    double cpuShare,
    double inFlight,
    int users,
    long tokenEvents,
    long writerBacklog) {}
