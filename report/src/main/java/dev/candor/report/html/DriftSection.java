package dev.candor.report.html;

import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.DriftWords;
import dev.candor.report.console.DriftTable;
import java.util.List;
import java.util.Locale;

/** What drifted: findings, a table, and a small picture of each metric with its fitted line. */
final class DriftSection {
  private static final int WIDTH = 352;
  private static final int HEIGHT = 132;
  private static final int LEFT = 46;
  private static final int BOTTOM = 20;
  private static final int TOP = 8;
  private static final int RIGHT = 6;

  private DriftSection() {}

  static String of(Drift drift) {
    StringBuilder html =
        new StringBuilder("<section><h2>Drift</h2><p class=see>")
            .append(Html.escape(DriftTable.scope(drift)))
            .append(
                ". The slope is Theil and Sen's, p is Mann and Kendall's with neighbours' likeness and the number of tests taken into account: in one of twenty runs without drift it is below 0.05 for any of them.</p><ul class=bands>");
    for (String finding : DriftWords.findings(drift)) {
      html.append("<li>").append(Html.escape(finding)).append("</li>");
    }
    html.append("</ul><div class=scroll><table><thead><tr>");
    DriftTable.columns().forEach(name -> cell(html, "th", name));
    html.append("</tr></thead><tbody>");
    for (List<String> row : DriftTable.rows(drift)) {
      html.append("<tr>");
      row.forEach(text -> cell(html, "td", text));
      html.append("</tr>");
    }
    html.append("</tbody></table></div><div class=small>");
    for (Drift.Trend trend : drift.trends()) {
      html.append(picture(drift, trend));
    }
    drift.spikes().forEach(spikes -> html.append(picture(drift, spikes)));
    return html.append("</div></section>").toString();
  }

  private static void cell(StringBuilder html, String tag, String text) {
    html.append('<').append(tag).append('>').append(Html.escape(text));
    html.append("</").append(tag).append('>');
  }

  private static String picture(Drift drift, Drift.Trend trend) {
    String unit = trend.metric().unit().isEmpty() ? "" : ", " + trend.metric().unit();
    double end = trend.start() + trend.perHour() * drift.hours();
    double top = top(trend.values(), Math.max(trend.start(), end));
    return frame(trend.metric().key() + unit, trend.drifting(), top, drift)
        + line("s1", path(trend.values(), top))
        + line(
            "s2",
            String.format(
                Locale.ROOT,
                "M%d %.1fL%d %.1f",
                LEFT,
                y(trend.start(), top),
                WIDTH - RIGHT,
                y(end, top)))
        + "</svg></figure>";
  }

  private static String picture(Drift drift, Drift.Spikes spikes) {
    double top = top(spikes.values(), 0);
    StringBuilder marks = new StringBuilder();
    double length = drift.hours() * 3600;
    if (spikes.found()) {
      for (double at = spikes.firstS() - drift.fromS(); at < length; at += spikes.periodS()) {
        double x = LEFT + at / length * (WIDTH - LEFT - RIGHT);
        marks.append(String.format(Locale.ROOT, "M%.1f %d L%.1f %d", x, TOP, x, HEIGHT - BOTTOM));
      }
    }
    return frame(spikes.metric() + ", ms", spikes.found(), top, drift)
        + line("s2", marks.toString())
        + line("s1", path(spikes.values(), top))
        + "</svg></figure>";
  }

  private static String frame(String name, boolean found, double top, Drift drift) {
    StringBuilder svg =
        new StringBuilder("<figure><figcaption>")
            .append(Html.escape(name))
            .append(found ? " <b>found</b>" : "")
            .append(
                "</figcaption><svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s over time\">"
                    .formatted(WIDTH, HEIGHT, Html.escape(name)));
    for (double value : new double[] {0, top / 2, top}) {
      double y = y(value, top);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=grid x1=%d x2=%d y1=%.1f y2=%.1f /><text class=tick text-anchor=end x=%d y=%.1f>%s</text>",
              LEFT,
              WIDTH - RIGHT,
              y,
              y,
              LEFT - 5,
              y + 4,
              Axis.label(value)));
    }
    boolean hours = drift.hours() >= 1;
    return svg.append(
            String.format(
                Locale.ROOT,
                "<text class=tick text-anchor=end x=%d y=%d>%.1f %s</text>",
                WIDTH - RIGHT,
                HEIGHT - 5,
                hours ? drift.hours() : drift.hours() * 60,
                hours ? "h" : "min"))
        .toString();
  }

  private static String line(String style, String path) {
    return "<path class=" + style + " d=\"" + path + "\"/>";
  }

  private static String path(List<Double> values, double top) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (!Double.isNaN(value)) {
        double x = LEFT + (i + 0.5) / values.size() * (WIDTH - LEFT - RIGHT);
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x, y(value, top)));
      }
      pen = !Double.isNaN(value);
    }
    return path.toString();
  }

  private static double top(List<Double> values, double least) {
    double most = least;
    for (double value : values) {
      most = Double.isNaN(value) ? most : Math.max(most, value);
    }
    return Axis.niceTop(most);
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - Math.max(0, value) / top * (HEIGHT - BOTTOM - TOP);
  }
}
