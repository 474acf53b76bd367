package dev.candor.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line that decides the run's exit code: {@code ttft.p99 < 500ms}, {@code goodput >= 0.99},
 * {@code output_tps > 1000}, {@code failed <= 0}.
 *
 * @param expression as written
 * @param metric key as in docs/metrics.md
 * @param statistic {@code mean}, {@code p50}, … for a latency, null for a plain figure
 * @param bound in the unit of summary.json: milliseconds, per second, a ratio, or money
 */
public record Threshold(
    String expression,
    String metric,
    @Nullable String statistic,
    Comparison comparison,
    double bound) {

  /** The latencies of docs/metrics.md, in the order of every report; each takes a statistic. */
  public static final List<String> LATENCIES =
      List.of(
          "ttft",
          "ttft_intended",
          "ttfb",
          "ttfat",
          "ttst",
          "itl",
          "icl",
          "tpot",
          "max_gap",
          "e2e",
          "e2e_intended",
          "output_tps_user",
          "schedule_lateness",
          "http_blocked",
          "http_dns",
          "http_connect",
          "http_tls",
          "http_send",
          "http_wait",
          "http_receive",
          "http_rtt");

  public static final List<String> STATISTICS =
      List.of("mean", "min", "max", "p50", "p90", "p95", "p99", "p999");

  /** Plain figures that a threshold may be about. */
  public static final List<String> FIGURES =
      List.of(
          "goodput",
          "failed_ratio",
          "requests",
          "output_tps",
          "input_tps",
          "completed",
          "failed",
          "abandoned",
          "unfinished",
          "retry_amplification",
          "cost_total",
          "cost_per_request_p95",
          "cache_hit_rate",
          "fidelity",
          "knee",
          "operating_point",
          "drift");

  /** Samples without which its value is unknown: ten beyond a percentile; 0 where any will do. */
  public int samplesNeeded() {
    return switch (String.valueOf(statistic)) {
      case "p50" -> 20;
      case "p90" -> 100;
      case "p95" -> 200;
      case "p99" -> 1000;
      case "p999" -> 10_000;
      default -> 0;
    };
  }

  /** How the measured value is set against the bound. */
  public enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public boolean holds(double value, double bound) {
      return switch (this) {
        case LESS -> value < bound;
        case AT_MOST -> value <= bound;
        case GREATER -> value > bound;
        case AT_LEAST -> value >= bound;
      };
    }
  }
}
