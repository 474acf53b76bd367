package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.Figures;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as cells of tables. */
final class Cells {
  private Cells() {}

  static String ms(@Nullable Double ms) {
    return ms == null ? "" : Figures.ms(ms);
  }

  /**
   * A percentile.
   *
   * @param rate whether it is no time
   * @param first whether no figure before it in its row was unknown: the reason is given once
   */
  static String value(
      @Nullable Double value, Summary.Latency latency, boolean rate, boolean first) {
    if (value == null) {
      return first ? "n/a\n(%d samples)".formatted(latency.count()) : "n/a";
    }
    return rate ? Figures.number(value) : Figures.ms(value);
  }

  /** The 95 % interval of a percentile, as it stands behind it; empty where it is not known. */
  static String interval(Summary.Latency l, String name) {
    Summary.Interval ci = l.ci95().get(name);
    return ci == null ? "" : " [%s–%s]".formatted(bound(ci.low()), bound(ci.high()));
  }

  /** A number without its unit, of as many digits as matter. */
  static String bound(double value) {
    return value >= 100 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.1f", value);
  }
}
