package dev.candor.report.html;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.DailyFleet;
import dev.candor.analysis.plan.FleetSize;
import dev.candor.analysis.plan.Need;
import dev.candor.analysis.plan.Variation;
import dev.candor.report.console.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The pictures of a plan. */
final class PlanCharts {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 220;
  private static final int LEFT = 56;
  private static final int RIGHT = 8;
  private static final int TOP = 16;
  private static final int BOTTOM = 26;
  private static final int BAR = 18;
  private static final int ROW = 30;
  private static final int NAMES = 240;
  private static final int HOURS = 24;
  private static final int HOURS_A_TICK = 4;

  private PlanCharts() {}

  /** A bar with its name. */
  private record Bar(String name, String style, double value, String text) {}

  /** What the peak wants and what the fleet has, by constraint, as a share of what it has. */
  static String needs(CapacityPlan plan) {
    FleetSize fleet = plan.fleets().getFirst();
    List<Bar> bars = new ArrayList<>();
    for (Need.Part part : plan.need().each()) {
      double has = part.capacity().likely() * fleet.replicas().likely();
      if (has > 0 && Double.isFinite(part.wanted())) {
        bars.add(
            new Bar(
                part.constraint().key() + ": wanted",
                "s1",
                part.wanted() / has,
                "%s: %s of %s"
                    .formatted(
                        Figures.percent(part.wanted() / has),
                        Axis.label(part.wanted()),
                        Axis.label(has))));
      }
    }
    return bars(bars, true, "what is wanted, of what the fleet has at its operating points");
  }

  /** Replicas by what may be otherwise. */
  static String variations(List<Variation> variations) {
    List<Bar> bars = new ArrayList<>();
    for (Variation each : variations) {
      if (each.replicas() != null) {
        bars.add(new Bar(each.what(), "s3", each.replicas().likely(), each.replicas().text()));
      }
    }
    return bars(bars, false, "replicas");
  }

  /**
   * @param ofAWhole whether 1 is all there is, which is shown behind each bar
   */
  private static String bars(List<Bar> bars, boolean ofAWhole, String label) {
    int height = bars.size() * ROW + 6;
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s\">"
                .formatted(WIDTH, height, Html.escape(label)));
    double top = Math.max(1, bars.stream().mapToDouble(Bar::value).max().orElse(1));
    double longest = WIDTH - NAMES - 200;
    int y = 4;
    for (Bar bar : bars) {
      double length = bar.value() / top * longest;
      double room = ofAWhole ? Math.max(length, longest / top) : length;
      if (ofAWhole) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=warmup x=%d y=%d width=%.1f height=%d><title>what the fleet has</title></rect>",
                NAMES,
                y,
                longest / top,
                BAR));
      }
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=tick text-anchor=end x=%d y=%d>%s</text><rect class=\"%s\" x=%d y=%d width=%.1f height=%d><title>%s</title></rect><text class=tick x=%.1f y=%d>%s</text>",
              NAMES - 8,
              y + 14,
              Html.escape(shortened(bar.name())),
              bar.style(),
              NAMES,
              y,
              Math.max(1, length),
              BAR,
              Html.escape(bar.name() + ": " + bar.text()),
              NAMES + room + 6,
              y + 14,
              Html.escape(bar.text())));
      y += ROW;
    }
    return svg.append("</svg>").toString();
  }

  private static String shortened(String name) {
    return name.length() > 36 ? name.substring(0, 35) + "…" : name;
  }

  /** The fleet over the day, and what the traffic needs. */
  static String day(@Nullable DailyFleet day, int most) {
    if (day == null) {
      return "";
    }
    double top = Axis.niceTop(most);
    StringBuilder svg =
        new StringBuilder("<p class=key><span class=s1><i></i>fleet, scaled</span> ")
            .append("<span class=s2><i></i>fleet for the peak</span> ")
            .append("<span class=s3><i></i>needed by the traffic</span> ")
            .append("<span class=unit>replicas</span></p>")
            .append(
                "<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"replicas over the day\">"
                    .formatted(WIDTH, HEIGHT));
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
    for (int hour = 0; hour <= HOURS; hour += HOURS_A_TICK) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=tick text-anchor=%s x=%.1f y=%d>%d h</text>",
              hour == HOURS ? "end" : "middle",
              x(hour),
              HEIGHT - 8,
              hour));
    }
    line(svg, "s1", day, top, DailyFleet.Point::fleet);
    line(svg, "s2", day, top, ignored -> most);
    line(svg, "s3", day, top, DailyFleet.Point::needed);
    return svg.append("</svg>").toString();
  }

  private static void line(
      StringBuilder svg,
      String style,
      DailyFleet day,
      double top,
      ToDoubleFunction<DailyFleet.Point> value) {
    svg.append("<path class=\"").append(style).append("\" d=\"");
    boolean pen = false;
    for (DailyFleet.Point point : day.points()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f",
              pen ? "L" : "M",
              x(point.hour()),
              y(value.applyAsDouble(point), top)));
      pen = true;
    }
    svg.append("\"/>");
  }

  private static double x(double hour) {
    return LEFT + hour / HOURS * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
  }
}
