package dev.candor.mock;

/**
 * What the mock truly did for one request. Instants on the machine's monotonic clock, nanoseconds.
 *
 * @param arrival the whole request was read
 * @param start service began; later than {@code arrival} where it had to queue
 * @param intended when each event was meant to be sent
 * @param emitted when each was handed to the socket
 * @param tokens that each event carried
 * @param complete whether the answer was sent to its end
 */
public record TruthRecord(
    long request,
    long arrival,
    long start,
    long end,
    int promptTokens,
    int outputTokens,
    int reasoningTokens,
    long[] intended,
    long[] emitted,
    int[] tokens,
    boolean complete) {}
