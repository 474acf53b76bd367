package dev.candor.report.html;

import java.util.Locale;

/** Round numbers for axes. */
final class Axis {
  private Axis() {}

  /** The smallest of 1, 2, 2.5, 4, 5, 8 times a power of ten that is not below {@code highest}. */
  static double niceTop(double highest) {
    if (!(highest > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(highest)));
    for (double nice : new double[] {1, 2, 2.5, 4, 5, 8}) {
      if (nice * power >= highest * (1 - 1e-9)) {
        return nice * power;
      }
    }
    return 10 * power;
  }

  /** Into how many steps an axis up to {@code top}, a nice one, divides so that each is round. */
  static int steps(double top) {
    double power = Math.pow(10, Math.floor(Math.log10(top)));
    double leading = top / power;
    return leading < 1.5 || (leading > 2.2 && leading < 3) || (leading > 4.5 && leading < 6)
        ? 5
        : 4;
  }

  static String label(double value) {
    return value >= 100 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.1f", value);
  }
}
