package dev.candor.analysis.detail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, as it went; of a request that was tried again, its last. Instants in ms since it was
 * meant to start.
 *
 * @param request its number in the run
 * @param startS when it was meant to start, in seconds of the run
 * @param outcome as in attempts.parquet
 * @param sentMs null: never sent
 * @param firstTokenMs null: none came
 * @param tokensMs when tokens arrived; of long answers {@value RequestTimelines#MOST_INSTANTS} of
 *     them, both ends of stalls always
 * @param stalls stretches without a token, beyond the bound of a stall (docs/metrics.md); the
 *     {@value RequestTimelines#MOST_STALLS} longest
 */
public record RequestTimeline(
    long request,
    String phase,
    @Nullable String requestClass,
    double startS,
    String outcome,
    int inputTokens,
    int outputTokens,
    @Nullable Double sentMs,
    @Nullable Double firstTokenMs,
    double endMs,
    List<Double> tokensMs,
    List<Stall> stalls) {

  /** No token from one millisecond to another. */
  public record Stall(double fromMs, double toMs) {}
}
