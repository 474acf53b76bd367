package dev.candor.analysis.against;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A figure of a phase, by where it stands in summary.json.
 *
 * @param key {@code ttft.p50}, {@code requests}, {@code goodput}
 * @param path members from the phase on
 * @param interval members from the phase on to its 95 % interval, empty where it has none
 */
public record Metric(String key, Kind kind, List<String> path, List<String> interval) {

  /** What it is counted in, and so how an error of it is told. */
  public enum Kind {
    /** Milliseconds; errors are relative. */
    TIME,
    /** A second; errors are relative. */
    RATE,
    /** 0 to 1; errors are differences. */
    SHARE
  }

  private static final List<String> LATENCIES = List.of("ttft", "itl", "e2e");
  private static final List<String> STATISTICS = List.of("mean", "p50", "p90", "p99");

  /** Those that are compared, in their order. */
  public static final List<Metric> ALL = all();

  private static List<Metric> all() {
    List<Metric> metrics = new ArrayList<>();
    for (String latency : LATENCIES) {
      for (String statistic : STATISTICS) {
        metrics.add(
            new Metric(
                latency + "." + statistic,
                Kind.TIME,
                List.of("latency", latency, statistic),
                statistic.equals("mean")
                    ? List.of()
                    : List.of("latency", latency, "ci95", statistic)));
      }
    }
    metrics.add(new Metric("requests", Kind.RATE, List.of("rates", "requests"), List.of()));
    metrics.add(new Metric("output_tps", Kind.RATE, List.of("rates", "output_tps"), List.of()));
    metrics.add(new Metric("goodput", Kind.SHARE, List.of("goodput", "ratio"), List.of()));
    metrics.add(new Metric("hit_rate", Kind.SHARE, List.of("cache", "hit_rate"), List.of()));
    return List.copyOf(metrics);
  }

  @Nullable Double value(JsonNode phase) {
    JsonNode node = at(phase, path);
    return node.isNumber() ? (Double) node.doubleValue() : null;
  }

  /** Whether {@code value} lies in the interval, null where there is none. */
  @Nullable Boolean covers(JsonNode phase, double value) {
    JsonNode node = at(phase, interval);
    if (interval.isEmpty() || node.size() != 2) {
      return null;
    }
    return value >= node.path(0).doubleValue() && value <= node.path(1).doubleValue();
  }

  private static JsonNode at(JsonNode phase, List<String> path) {
    JsonNode node = phase;
    for (String member : path) {
      node = node.path(member);
    }
    return node;
  }
}
