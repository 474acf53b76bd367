package dev.candor.app.web;

import dev.candor.analysis.history.SummaryFigures;
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
    return switch (figure) {
      case "goodput", "failed_ratio", "cache_hit_rate" -> "ratio";
      default -> SummaryFigures.unit(figure);
    };
  }
}
