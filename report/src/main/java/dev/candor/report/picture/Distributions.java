package dev.candor.report.picture;

import dev.candor.analysis.Analysis.Bin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A distribution as bars; their widths grow, as latencies do. */
public final class Distributions {
  private Distributions() {}

  /**
   * The picture.
   *
   * @param unit of the bins' edges
   */
  public static Picture of(String id, String title, String see, String unit, List<Bin> bins) {
    List<String> categories = new ArrayList<>();
    List<@Nullable Double> counts = new ArrayList<>();
    for (Bin bin : bins) {
      categories.add("%s–%s %s".formatted(label(bin.low()), label(bin.high()), unit));
      counts.add((double) bin.count());
    }
    return new Picture(
        id,
        title,
        see + " The bars' edges are logarithmic.",
        new Bars(
            PlotAxis.fromZero("samples", ""),
            categories,
            List.of(new Series("samples", counts)),
            false));
  }

  private static String label(double value) {
    if (value >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.1f", value);
  }
}
