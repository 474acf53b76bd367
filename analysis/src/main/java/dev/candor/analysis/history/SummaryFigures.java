package dev.candor.analysis.history;

import dev.candor.record.history.CataloguedRun.Figure;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The figures of a summary.json as plain names, those of thresholds where these have one: {@code
 * ttft.p99}, {@code goodput}, {@code output_tps}.
 */
public final class SummaryFigures {
  /** The phase of all measured phases together. */
  public static final String OVERALL = "overall";

  private SummaryFigures() {}

  /** Of every phase, and over all; what is unknown is left out. */
  public static List<Figure> of(JsonNode summary) {
    List<Figure> figures = new ArrayList<>();
    for (JsonNode phase : summary.path("phases")) {
      phase(phase.path("name").stringValue(""), phase, figures);
    }
    phase(OVERALL, summary.path(OVERALL), figures);
    return figures;
  }

  /**
   * What a figure is counted in: {@code ms}, {@code tok/s}, …; empty: a number, a share or money.
   */
  public static String unit(String metric) {
    String head = metric.contains(".") ? metric.substring(0, metric.indexOf('.')) : metric;
    return switch (head) {
      case "output_tps", "input_tps", "output_tps_user" -> "tok/s";
      case "requests" -> "requests/s";
      default -> metric.contains(".") && !head.equals("cost") ? "ms" : "";
    };
  }

  private static void phase(String name, JsonNode phase, List<Figure> figures) {
    for (var latency : phase.path("latency").properties()) {
      for (var statistic : latency.getValue().properties()) {
        if (!statistic.getKey().equals("count")) {
          number(name, latency.getKey() + "." + statistic.getKey(), statistic.getValue(), figures);
        }
      }
    }
    JsonNode requests = phase.path("requests");
    for (String key : List.of("completed", "failed", "abandoned", "unfinished")) {
      number(name, key, requests.path(key), figures);
    }
    double intended = requests.path("intended").doubleValue(0);
    if (intended > 0) {
      figures.add(
          new Figure(name, "failed_ratio", requests.path("failed").doubleValue(0) / intended));
    }
    for (String key : List.of("requests", "output_tps", "input_tps")) {
      number(name, key, phase.path("rates").path(key), figures);
    }
    number(name, "goodput", phase.path("goodput").path("ratio"), figures);
    number(name, "retry_amplification", phase.path("retry_amplification"), figures);
    number(name, "cache_hit_rate", phase.path("cache").path("hit_rate"), figures);
    nested(name, "cost", phase.path("cost"), figures);
  }

  private static void nested(String phase, String path, JsonNode node, List<Figure> figures) {
    number(phase, path, node, figures);
    for (var each : node.properties()) {
      nested(phase, path + "." + each.getKey(), each.getValue(), figures);
    }
  }

  private static void number(String phase, String metric, JsonNode node, List<Figure> figures) {
    if (node.isNumber()) {
      figures.add(new Figure(phase, metric, node.doubleValue()));
    }
  }
}
