package dev.candor.mock.quota;

/**
 * How a limit stands after a decision.
 *
 * @param limit a minute's worth
 * @param remaining whole units left, never below 0
 * @param resetNanos until all of it is there again; 0: it is
 */
public record LimitState(LimitKind kind, long limit, long remaining, long resetNanos) {}
