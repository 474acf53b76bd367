package dev.candor.report.html;

import dev.candor.analysis.Analysis.Bin;
import java.util.List;

/** A distribution as SVG bars; the horizontal axis is logarithmic and says so. */
final class BarChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 192;
  private static final int BASE = 150;

  private BarChart() {}

  static String svg(List<Bin> bins, String style, String label) {
    return svg(bins, style, label, "ms");
  }

  static String svg(List<Bin> bins, String style, String label, String unit) {
    long most = bins.stream().mapToLong(Bin::count).max().orElse(1);
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s\">"
                .formatted(WIDTH, HEIGHT, Html.escape(label)));
    double each = (WIDTH - 20.0) / Math.max(1, bins.size());
    for (int i = 0; i < bins.size(); i++) {
      Bin bin = bins.get(i);
      double height = (double) bin.count() / most * (BASE - 8);
      double x = 10 + i * each;
      svg.append(
          "<rect class=\"%s\" x=%.1f y=%.1f width=%.1f height=%.1f><title>%s–%s %s: %d</title></rect>"
              .formatted(
                  style,
                  x,
                  BASE - height,
                  Math.max(1, each - 1),
                  height,
                  Axis.label(bin.low()),
                  Axis.label(bin.high()),
                  Html.escape(unit),
                  bin.count()));
      if (i % 8 == 0 || i == bins.size() - 1) {
        svg.append(
            "<text class=tick text-anchor=middle x=%.1f y=%d>%s</text>"
                .formatted(
                    Math.clamp(x, 16, WIDTH - 24),
                    BASE + 17,
                    Axis.label(i == bins.size() - 1 ? bin.high() : bin.low())));
      }
    }
    return svg.append(
            "<text class=tick text-anchor=end x=%d y=%d>%s, logarithmic</text></svg>"
                .formatted(WIDTH - 6, HEIGHT - 2, Html.escape(unit)))
        .toString();
  }
}
