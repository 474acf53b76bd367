package dev.candor.report.console;

import dev.candor.corpus.shape.EmpiricalDistribution;
import java.util.Locale;

/** A histogram of whole numbers, a line a bin; bins double, or grow fourfold where many. */
final class LengthBars {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";
  private static final int MOST_BINS = 14;
  private static final int LABEL = 30;

  private LengthBars() {}

  static String of(EmpiricalDistribution values, int width) {
    int first = bin(values.min(), 1);
    int octaves = bin(values.max(), 1) - first + 1 > MOST_BINS ? 2 : 1;
    int from = bin(values.min(), octaves);
    int to = bin(values.max(), octaves);
    double most = 0;
    for (int bin = from; bin <= to; bin++) {
      most = Math.max(most, share(values, bin, octaves));
    }
    StringBuilder text = new StringBuilder();
    for (int bin = from; bin <= to; bin++) {
      double share = share(values, bin, octaves);
      String line =
          String.format(
              Locale.ROOT,
              "  %,9.0f … %,9.0f %5.1f%% %s",
              Math.ceil(start(bin, octaves)),
              start(bin + 1, octaves) - 1,
              100 * share,
              bar(share / most, width - LABEL - 1));
      text.append(line.stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Bin 0 holds 0 alone, bin n from 2^(n - 1), or 4^(n - 1), on. */
  private static int bin(double value, int octaves) {
    return value < 1 ? 0 : 1 + Math.getExponent(value) / octaves;
  }

  private static double start(int bin, int octaves) {
    return bin == 0 ? 0 : Math.scalb(1.0, (bin - 1) * octaves);
  }

  private static double share(EmpiricalDistribution values, int bin, int octaves) {
    long upTo = values.countUpTo(Math.nextDown(start(bin + 1, octaves)));
    long below = bin == 0 ? 0 : values.countUpTo(Math.nextDown(start(bin, octaves)));
    return (double) (upTo - below) / values.count();
  }

  private static String bar(double part, int width) {
    int eighths = (int) Math.round(part * width * 8);
    return "█".repeat(eighths / 8) + EIGHTHS.charAt(eighths % 8);
  }
}
