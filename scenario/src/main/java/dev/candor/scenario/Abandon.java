package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * Users who give an answer up: a share of all requests, drawn by the seed.
 *
 * @param share of requests, 0 to 1
 * @param patienceNanos how long such a user waits for a first token before leaving, or null:
 *     forever
 * @param tokens token events after which such a user has read enough, or null: never
 */
public record Abandon(
    double share, @Nullable Distribution patienceNanos, @Nullable Distribution tokens) {}
