package dev.candor.analysis.server;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server told of itself, beside what the client saw. Times in milliseconds, null where
 * unknown.
 *
 * @param pages that told anything, by their addresses
 * @param phases the measured ones
 */
public record ServerSide(List<String> pages, List<Phase> phases, Phase overall) {
  public ServerSide {
    pages = List.copyOf(pages);
    phases = List.copyOf(phases);
  }

  /**
   * @param together all pages: levels and counts added up, of shares the highest
   * @param byPage where several pages tell something
   */
  public record Phase(String name, Figures together, List<PageFigures> byPage) {}

  /** What a page alone told. */
  public record PageFigures(String page, Figures figures) {}

  /**
   * @param kvUsage share of the KV cache that is held, 0 to 1
   * @param preemptions how often a running request lost its place
   * @param hitRate found of what was looked up in the prefix cache in the phase
   * @param hitRateTold mean of what a server without counters calls its hit rate
   * @param outputTps tokens it made a second, {@code inputTps} prompt tokens it took
   * @param latency by the client's key, {@code queue} and {@code time_per_token} beside them
   */
  public record Figures(
      @Nullable Level kvUsage,
      @Nullable Level running,
      @Nullable Level waiting,
      @Nullable Level swapped,
      @Nullable Double preemptions,
      @Nullable Double hitRate,
      @Nullable Double hitRateTold,
      @Nullable Double outputTps,
      @Nullable Double inputTps,
      @Nullable Gpu gpu,
      SortedMap<String, Latency> latency) {}

  /** Time-weighted mean, and the highest reading. */
  public record Level(double mean, double max) {}

  /**
   * @param power in watts, all GPUs
   * @param energy in joules
   * @param energyCounted whether by the GPUs' own counters, else power times time
   * @param joulesPerOutputToken over the server's own tokens, the client's where it tells none
   * @param memoryUsed in bytes, as is {@code memoryTotal}
   * @param busy share of time, as are {@code tensor} and {@code dram}
   */
  public record Gpu(
      @Nullable Level power,
      @Nullable Double energy,
      boolean energyCounted,
      @Nullable Double joulesPerOutputToken,
      @Nullable Level memoryUsed,
      @Nullable Double memoryTotal,
      @Nullable Level busy,
      @Nullable Level tensor,
      @Nullable Level dram) {}

  /**
   * A latency by the server's histogram, against the client's.
   *
   * @param quantiles {@code p50}, {@code p90}, {@code p99}, those that are known
   * @param client the client's own mean and percentiles; null where it has no such latency
   * @param difference client − server, for {@code mean} and each quantile that both know
   */
  public record Latency(
      double count,
      @Nullable Double mean,
      SortedMap<String, Estimate> quantiles,
      @Nullable ClientLatency client,
      SortedMap<String, Estimate> difference) {}

  /**
   * A value and the bounds between which it surely is.
   *
   * @param low null where there is no bound
   * @param high null where there is no bound
   */
  public record Estimate(@Nullable Double value, @Nullable Double low, @Nullable Double high) {}

  /** The client's own figures, by {@code mean}, {@code p50}, {@code p90}, {@code p99}. */
  public record ClientLatency(Map<String, Double> figures) {}

  /**
   * What the client saw of a phase.
   *
   * @param outputTokens received in it
   */
  public record ClientSide(String name, double outputTokens, Map<String, ClientLatency> latency) {}
}
