package dev.candor.scenario;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line that decides the run's exit code: {@code ttft.p99 < 500ms}, {@code goodput{class=chat} >=
 * 0.99}, {@code cost.per_request.p95 < $0.01}, {@code failed <= 0}.
 *
 * @param expression as written
 * @param metric key as in docs/metrics.md
 * @param statistic {@code mean}, {@code p50}, … for a latency, null for a plain figure
 * @param bound in the unit of summary.json: milliseconds, per second, a ratio, or money
 * @param scope what part of the run it is about
 * @param confidence how sure it has to be
 */
public record Threshold(
    String expression,
    String metric,
    @Nullable String statistic,
    Comparison comparison,
    double bound,
    Scope scope,
    Confidence confidence) {

  /** One about the whole run, by the measured value alone. */
  public Threshold(
      String expression,
      String metric,
      @Nullable String statistic,
      Comparison comparison,
      double bound) {
    this(expression, metric, statistic, comparison, bound, Scope.RUN, Confidence.POINT);
  }

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

  /**
   * Plain figures that a threshold may be about, of a phase. A name with dots is the figure's place
   * in summary.json.
   */
  public static final List<String> FIGURES =
      List.of(
          "goodput",
          "goodput.requests_per_s",
          "goodput.output_tps",
          "failed_ratio",
          "requests",
          "output_tps",
          "input_tps",
          "rates.input_tps_uncached",
          "rates.offered",
          "rates.admitted",
          "concurrency",
          "completed",
          "failed",
          "abandoned",
          "unfinished",
          "attempts",
          "retry_amplification",
          "tokens.input",
          "tokens.output",
          "tokens.wasted_input",
          "tokens.wasted_output",
          "cost.total",
          "cost.wasted",
          "cost.per_request.mean",
          "cost.per_request.p50",
          "cost.per_request.p95",
          "cost.per_request.p99",
          "cost.per_request.max",
          "cost.per_success",
          "cost.per_good",
          "cost.per_session",
          "cost.per_million_input_tokens",
          "cost.per_million_output_tokens",
          "cost.per_million_tokens",
          "cache.hit_rate");

  /** Figures of the whole run, which know no phase and no class. */
  public static final List<String> RUN_FIGURES =
      List.of("fidelity", "knee", "operating_point", "drift");

  /** What some figures were called before they had their place's name. */
  public static final Map<String, String> OLDER_NAMES =
      Map.of(
          "cost_total", "cost.total",
          "cost_per_request_p95", "cost.per_request.p95",
          "cache_hit_rate", "cache.hit_rate");

  /**
   * A part of a run.
   *
   * @param phase by its name, null: all measured phases together
   * @param requestClass null: all classes together
   */
  public record Scope(@Nullable String phase, @Nullable String requestClass) {
    /** All of it. */
    public static final Scope RUN = new Scope(null, null);
  }

  /** How much of the 95 % interval has to be on the bound's right side. */
  public enum Confidence {
    /** None: the measured value decides. */
    POINT,
    /** All of it: what may as well be missed does not hold. */
    HOLDS,
    /** Any of it: only what is surely missed fails. */
    MISSED
  }

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
