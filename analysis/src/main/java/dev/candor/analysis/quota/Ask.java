package dev.candor.analysis.quota;

/**
 * A request to a target with a quota, as its client saw it. Instants are nanoseconds from any
 * common origin.
 *
 * @param sentNanos the earliest instant at which the target can have decided
 * @param decidedNanos the latest: the head of its answer was there
 * @param endedNanos the last of the answer was there, or it was given up
 * @param admitted whether it was served, rather than refused for a quota
 * @param input prompt tokens, as the server counts them
 * @param maxTokens that the answer was allowed, 0: not said
 * @param output tokens that were answered
 */
public record Ask(
    long sentNanos,
    long decidedNanos,
    long endedNanos,
    boolean admitted,
    int input,
    int maxTokens,
    int output) {}
