package dev.candor.report.html;

import dev.candor.analysis.history.Trend;
import dev.candor.record.history.CataloguedRun;
import java.util.List;
import java.util.Locale;

/** A figure from run to run as SVG: a line, a point a run, and what stands out. */
final class TrendChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 220;
  private static final int LEFT = 64;
  private static final int RIGHT = 14;
  private static final int TOP = 14;
  private static final int BOTTOM = 26;
  private static final double RADIUS = 3;
  private static final double MARKED_RADIUS = 5.5;
  private static final int MOST_LABELS = 12;

  private TrendChart() {}

  /**
   * @param runs those that have the figure; {@code values} one a run
   */
  static String svg(String label, List<CataloguedRun> runs, double[] values, Trend trend) {
    double highest = 0;
    for (double value : values) {
      highest = Math.max(highest, value);
    }
    double top = Axis.niceTop(highest);
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s\">"
                .formatted(WIDTH, HEIGHT, Html.escape(label)));
    int steps = Axis.steps(top);
    for (int i = 0; i <= steps; i++) {
      double value = top * i / steps;
      double y = y(value, top);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=grid x1=%d x2=%d y1=%.1f y2=%.1f /><text class=tick text-anchor=end x=%d y=%.1f>%s</text>",
              LEFT,
              WIDTH - RIGHT,
              y,
              y,
              LEFT - 6,
              y + 4,
              Axis.label(value)));
    }
    StringBuilder path = new StringBuilder();
    int each = Math.max(1, (values.length + MOST_LABELS - 1) / MOST_LABELS);
    for (int i = 0; i < values.length; i++) {
      double x = x(i, values.length);
      path.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y(Math.max(0, values[i]), top)));
      if (i % each == 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<text class=tick text-anchor=middle x=%.1f y=%d>%d</text>",
                x,
                HEIGHT - 8,
                runs.get(i).id()));
      }
    }
    svg.append("<path class=s1 d=\"").append(path).append("\"/>");
    for (int i = 0; i < values.length; i++) {
      Trend.Kind kind = trend.marks().get(i).kind();
      boolean marked = kind == Trend.Kind.CHANGE || kind == Trend.Kind.OUTLIER;
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"%s\" cx=%.1f cy=%.1f r=%.1f><title>%s</title></circle>",
              style(kind),
              x(i, values.length),
              y(Math.max(0, values[i]), top),
              marked ? MARKED_RADIUS : RADIUS,
              Html.escape(words(runs.get(i), values[i], kind))));
    }
    return svg.append("</svg>").toString();
  }

  private static String style(Trend.Kind kind) {
    return switch (kind) {
      case EARLY, USUAL -> "dot";
      case OUTLIER -> "dot outlier";
      case CHANGE -> "dot change";
    };
  }

  private static String words(CataloguedRun run, double value, Trend.Kind kind) {
    String what =
        switch (kind) {
          case EARLY, USUAL -> "";
          case OUTLIER -> ", an outlier";
          case CHANGE -> ", changed";
        };
    return "run %d, %s, %s%s: %s%s"
        .formatted(
            run.id(),
            run.start(),
            run.verdict(),
            run.commit() == null ? "" : ", commit " + run.commit(),
            Axis.label(value),
            what);
  }

  private static double x(int index, int many) {
    return LEFT
        + RADIUS
        + (double) index * (WIDTH - LEFT - RIGHT - 2 * RADIUS) / Math.max(1, many - 1);
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
  }
}
