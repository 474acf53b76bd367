package dev.candor.scenario;

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
