package dev.candor.app.web;

import org.jspecify.annotations.Nullable;

/** What the figures of summaries are counted in. */
final class FigureUnit {
  private FigureUnit() {}

  /**
   * Of a figure as thresholds name it.
   *
   * @param currency of the runs' prices, null: not known
   */
  static String of(String figure, @Nullable String currency) {
    if (figure.startsWith("cost")) {
      return figure.endsWith(".count") ? "" : currency == null ? "" : currency;
    }
    if (figure.contains(".")) {
      return "ms";
    }
    return switch (figure) {
      case "output_tps", "input_tps" -> "tokens/s";
      case "requests" -> "/s";
      case "goodput", "failed_ratio", "cache_hit_rate" -> "ratio";
      default -> "";
    };
  }
}
