package dev.candor.engine;

import dev.candor.base.stats.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * A service of which only latencies are known, whatever the load.
 *
 * @param ttftNanos from a request's arrival to its first token
 * @param itlNanos between two tokens
 * @param outputTokens answer lengths; null: what the request allows
 */
public record LatencyProfile(
    String name,
    Source source,
    String fitRange,
    String error,
    Distribution ttftNanos,
    Distribution itlNanos,
    @Nullable Distribution outputTokens)
    implements Profile {}
