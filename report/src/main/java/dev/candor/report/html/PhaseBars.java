package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.Figures;
import java.util.List;
import java.util.Map;

/** The mean time of a request as one bar of its HTTP phases, new and kept connections apart. */
final class PhaseBars {
  /** In the order of time; what is beside it, the round trip, is none of them. */
  static final List<String> PHASES =
      List.of("blocked", "dns", "connect", "tls", "send", "wait", "receive");

  private static final int WIDTH = 720;
  private static final int LEFT = 56;
  private static final int ROW = 34;
  private static final int BAR = 22;

  /** Room to the right of the longest bar, for its total. */
  private static final int RIGHT = 76;

  private PhaseBars() {}

  static String svg(Summary.Http http) {
    Map<String, Map<String, Summary.Latency>> bars =
        http.requestsOnKept() == 0
            ? Map.of("new", http.onNew())
            : http.requestsOnNew() == 0
                ? Map.of("kept", http.onKept())
                : Map.of("new", http.onNew(), "kept", http.onKept());
    double longest = bars.values().stream().mapToDouble(PhaseBars::total).max().orElse(0);
    StringBuilder svg = new StringBuilder("<p class=key>");
    for (String phase : PHASES) {
      svg.append("<span class=\"")
          .append(style(phase))
          .append("\"><i></i>")
          .append(phase)
          .append("</span> ");
    }
    svg.append(
        "</p><svg viewBox=\"0 0 %d %d\" role=img aria-label=\"Mean time by HTTP phase\">"
            .formatted(WIDTH, ROW * bars.size()));
    int y = 0;
    for (String name : List.of("new", "kept")) {
      Map<String, Summary.Latency> bar = bars.get(name);
      if (bar != null) {
        bar(svg, name, bar, y, longest);
        y += ROW;
      }
    }
    return svg.append("</svg>").toString();
  }

  private static void bar(
      StringBuilder svg, String name, Map<String, Summary.Latency> bar, int y, double longest) {
    svg.append(
        "<text class=tick text-anchor=end x=%d y=%d>%s</text>"
            .formatted(LEFT - 6, y + BAR / 2 + 9, name));
    double x = LEFT;
    for (String phase : PHASES) {
      double mean = mean(bar, phase);
      double width = longest == 0 ? 0 : mean / longest * (WIDTH - LEFT - RIGHT);
      if (mean > 0) {
        svg.append(
            "<rect class=\"%s\" x=%.1f y=%d width=%.1f height=%d><title>%s %s</title></rect>"
                .formatted(
                    style(phase), x, y + 5, Math.max(0.8, width), BAR, phase, Figures.ms(mean)));
      }
      x += width;
    }
    svg.append(
        "<text class=tick x=%.1f y=%d>%s</text>"
            .formatted(x + 6, y + BAR / 2 + 9, Figures.ms(total(bar))));
  }

  private static String style(String phase) {
    return "p" + PHASES.indexOf(phase);
  }

  private static double total(Map<String, Summary.Latency> bar) {
    return PHASES.stream().mapToDouble(phase -> mean(bar, phase)).sum();
  }

  /** Over all requests of the bar: one that had no such phase had none of its time. */
  private static double mean(Map<String, Summary.Latency> bar, String phase) {
    Summary.Latency latency = bar.get(phase);
    Summary.Latency all = bar.get("wait");
    return latency == null || latency.mean() == null || all == null || all.count() == 0
        ? 0
        : latency.mean() * latency.count() / all.count();
  }
}
