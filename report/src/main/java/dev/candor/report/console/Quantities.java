package dev.candor.report.console;

import dev.candor.corpus.shape.Dimension;
import java.util.Locale;

/** Numbers in six characters. */
final class Quantities {
  private Quantities() {}

  static String of(Dimension.Unit unit, double value) {
    return switch (unit) {
      case TOKENS, COUNT -> count(value);
      case TIME -> nanos(value);
      case RATIO -> String.format(Locale.ROOT, "%.2f", value);
      case SHARE -> String.format(Locale.ROOT, "%.1f%%", 100 * value);
    };
  }

  /** {@code 7}, {@code 2.41}, {@code 9,999}, {@code 12.3k}, {@code 5.1M}. */
  static String count(double value) {
    if (value < 100 && value != Math.rint(value)) {
      return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
    if (value < 9_999.5) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    double scaled = value;
    for (String suffix : new String[] {"k", "M", "G"}) {
      scaled /= 1000;
      if (scaled < 999.5 || suffix.equals("G")) {
        return String.format(Locale.ROOT, scaled < 100 ? "%.1f%s" : "%.0f%s", scaled, suffix);
      }
    }
    throw new AssertionError(value);
  }

  /** {@code 0s}, {@code 12µs}, {@code 431ms}, {@code 1.25s}, {@code 3.2min}, {@code 5.1h}. */
  static String nanos(double nanos) {
    double seconds = nanos / 1e9;
    if (seconds == 0) {
      return "0s";
    }
    if (seconds < 0.9995e-3) {
      return three(seconds * 1e6) + "µs";
    }
    if (seconds < 0.9995) {
      return three(seconds * 1e3) + "ms";
    }
    if (seconds < 100) {
      return three(seconds) + "s";
    }
    return seconds < 6000 ? three(seconds / 60) + "min" : three(seconds / 3600) + "h";
  }

  private static String three(double value) {
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }
}
