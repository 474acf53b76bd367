package dev.candor.report.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts over time in one line: the higher the bar, the more. */
final class Sparkline {
  private static final String BARS = " ▁▂▃▄▅▆▇█";
  private static final String ASCII = " _.:-=+*#";

  private Sparkline() {}

  /** {@code counts} drawn in at most {@code width} characters. */
  static String of(long[] counts, int width) {
    int cells = Math.min(width, counts.length);
    double[] means = new double[cells];
    double most = 0;
    for (int i = 0; i < cells; i++) {
      int from = (int) ((long) i * counts.length / cells);
      int to = (int) ((i + 1L) * counts.length / cells);
      for (int j = from; j < to; j++) {
        means[i] += (double) counts[j] / (to - from);
      }
      most = Math.max(most, means[i]);
    }
    StringBuilder line = new StringBuilder();
    for (double mean : means) {
      // Something is never drawn as nothing.
      line.append(BARS.charAt((int) Math.ceil(mean / most * (BARS.length() - 1))));
    }
    return line.toString();
  }

  /** {@code values} between their lowest and highest, one character each. */
  static String between(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      double share = high > low ? (value - low) / (high - low) : 0;
      line.append(BARS.charAt(1 + (int) Math.round(share * (BARS.length() - 2))));
    }
    return line.toString();
  }

  /**
   * The latest {@code width} of {@code values}, each as high as it is, from 0 on; the newest last
   * and to the right, a blank where one is not known.
   *
   * @param top the value of the highest character
   * @param blocks false: for terminals that have ASCII alone
   */
  static String latest(
      List<? extends @Nullable Double> values, double top, int width, boolean blocks) {
    StringBuilder line = new StringBuilder(width);
    line.repeat(' ', Math.max(0, width - values.size()));
    for (Double value : values.subList(Math.max(0, values.size() - width), values.size())) {
      line.append(value == null ? ' ' : (blocks ? BARS : ASCII).charAt(level(value, top)));
    }
    return line.toString();
  }

  private static int level(double value, double top) {
    double share = top <= 0 ? 0 : value / top;
    return (int) Math.clamp(Math.ceil(share * (BARS.length() - 1)), 1, BARS.length() - 1);
  }
}
