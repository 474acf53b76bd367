package dev.candor.report.console;

/** Counts over time in one line: the higher the bar, the more. */
final class Sparkline {
  private static final String BARS = " ▁▂▃▄▅▆▇█";

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
}
