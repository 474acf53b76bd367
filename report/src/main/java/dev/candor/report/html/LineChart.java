package dev.candor.report.html;

import dev.candor.analysis.Analysis.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lines over the seconds of a run, as SVG; warm-up, client-limited and lost seconds are shaded. */
final class LineChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 220;
  private static final int LEFT = 56;
  private static final int BOTTOM = 26;
  private static final int TOP = 16;
  private static final int RIGHT = 8;
  private static final int MOST_POINTS = 600;
  private static final int MOST_STEPS = 60;

  private record Line(String name, String style, Function<Window, @Nullable Double> value) {}

  private final List<Window> windows;
  private final String unit;
  private final List<Line> lines = new ArrayList<>();

  LineChart(List<Window> windows, String unit) {
    this.windows = windows;
    this.unit = unit;
  }

  /**
   * @param style a CSS class, {@code s1} to {@code s4}
   */
  LineChart line(String name, String style, Function<Window, @Nullable Double> value) {
    lines.add(new Line(name, style, value));
    return this;
  }

  /** A key above the picture, the picture, and what a screen reader says of it. */
  String svg(String label) {
    double top = Axis.niceTop(highest());
    StringBuilder svg = new StringBuilder("<p class=key>");
    for (Line line : lines) {
      svg.append("<span class=\"")
          .append(line.style())
          .append("\"><i></i>")
          .append(Html.escape(line.name()))
          .append("</span> ");
    }
    List<Band> bands = Band.of(windows);
    keyOf(svg, bands, "warmup", "warm-up");
    keyOf(svg, bands, "limited", "client-limited");
    keyOf(svg, bands, "dead", "lost: process dead");
    if (!unit.isEmpty()) {
      svg.append("<span class=unit>").append(Html.escape(unit)).append("</span>");
    }
    svg.append(
        "</p><svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, Html.escape(label)));
    bands.forEach(band -> shade(svg, band));
    steps(svg);
    int steps = Axis.steps(top);
    for (int i = 0; i <= steps; i++) {
      double value = top * i / steps;
      double y = y(value, top);
      svg.append(
          "<line class=grid x1=%d x2=%d y1=%.1f y2=%.1f />".formatted(LEFT, WIDTH - RIGHT, y, y));
      svg.append(
          "<text class=tick text-anchor=end x=%d y=%.1f>%s</text>"
              .formatted(LEFT - 6, y + 4, Axis.label(value)));
    }
    int step = Math.max(1, (int) Axis.niceTop(windows.size() / 6.0));
    for (int second = 0; second <= windows.size(); second += step) {
      svg.append(
          "<text class=tick text-anchor=%s x=%.1f y=%d>%d s</text>"
              .formatted(
                  x(second) > WIDTH - RIGHT - 16 ? "end" : "middle",
                  x(second),
                  HEIGHT - 8,
                  second));
    }
    for (Line line : lines) {
      svg.append("<path class=\"")
          .append(line.style())
          .append("\" d=\"")
          .append(path(line, top))
          .append("\"/>");
    }
    return svg.append("</svg>").toString();
  }

  private static void keyOf(StringBuilder svg, List<Band> bands, String style, String name) {
    if (bands.stream().anyMatch(band -> band.style().equals(style))) {
      svg.append("<span class=\"band %s\"><i></i>%s</span> ".formatted(style, name));
    }
  }

  /** A thin line where another step begins, unless there are too many to tell apart. */
  private void steps(StringBuilder svg) {
    List<Window> begins = new ArrayList<>();
    for (int i = 1; i < windows.size(); i++) {
      Window window = windows.get(i);
      if (!window.phase().isEmpty() && !window.phase().equals(windows.get(i - 1).phase())) {
        begins.add(window);
      }
    }
    for (Window begin : begins.size() > MOST_STEPS ? List.<Window>of() : begins) {
      double x = x(begin.second());
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=step x1=%.1f x2=%.1f y1=%d y2=%d><title>%s</title></line>",
              x,
              x,
              TOP,
              HEIGHT - BOTTOM,
              Html.escape(begin.phase())));
    }
  }

  /** Never so narrow, in a long run, that it can't be seen. */
  private void shade(StringBuilder svg, Band band) {
    svg.append(
        "<rect class=%s x=%.1f width=%.1f y=%d height=%d><title>%s</title></rect>"
            .formatted(
                band.style(),
                x(band.start()),
                Math.max(1.5, x(band.end()) - x(band.start())),
                TOP,
                HEIGHT - TOP - BOTTOM,
                Html.escape(band.words())));
  }

  /** Long runs are thinned by keeping each group's highest value, so that no peak is lost. */
  private String path(Line line, double top) {
    int group = Math.max(1, (windows.size() + MOST_POINTS - 1) / MOST_POINTS);
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int from = 0; from < windows.size(); from += group) {
      Double highest = null;
      for (Window w : windows.subList(from, Math.min(windows.size(), from + group))) {
        Double value = w.dead() ? null : line.value().apply(w);
        highest =
            value == null
                ? highest
                : Double.valueOf(highest == null ? value : Math.max(highest, value));
      }
      if (highest == null) {
        pen = false;
        continue;
      }
      path.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x(from + group / 2.0), y(highest, top)));
      pen = true;
    }
    return path.toString();
  }

  private double highest() {
    double highest = 0;
    for (Line line : lines) {
      for (Window w : windows) {
        Double value = w.dead() ? null : line.value().apply(w);
        highest = value == null ? highest : Math.max(highest, value);
      }
    }
    return highest;
  }

  private double x(double second) {
    return LEFT + second * (WIDTH - LEFT - RIGHT) / Math.max(1.0, windows.size());
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
  }
}
