package dev.candor.report.html;

import dev.candor.analysis.saturation.Saturation;
import dev.candor.record.SweepStep;
import dev.candor.report.console.SaturationTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a sweep found: three pictures over the load, a table, findings. */
final class SaturationSection {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 220;
  private static final int LEFT = 56;
  private static final int BOTTOM = 30;
  private static final int TOP = 16;
  private static final int RIGHT = 12;
  private static final int RADIUS = 4;
  private static final int TICKS = 6;

  private final Saturation saturation;
  private final List<Saturation.Step> steps;
  private final double highestLevel;

  private SaturationSection(Saturation saturation) {
    this.saturation = saturation;
    this.steps =
        saturation.steps().stream()
            .filter(step -> step.mark() != SweepStep.Mark.DISTURBED)
            .sorted(Comparator.comparingDouble(Saturation.Step::level))
            .toList();
    this.highestLevel = steps.stream().mapToDouble(Saturation.Step::level).max().orElse(1) * 1.05;
  }

  static String of(Saturation saturation) {
    return new SaturationSection(saturation).html();
  }

  private String html() {
    StringBuilder html =
        new StringBuilder("<section><h2>Saturation</h2><p class=see>")
            .append(Html.escape(saturation.sentence()))
            .append("</p>");
    html.append(
        picture(
            "TTFT, p90 (p50 dashed), ms, logarithmic",
            true,
            List.of(
                new Line("s1", Saturation.Step::ttftP90),
                new Line("s2", Saturation.Step::ttftP50))));
    html.append(
        picture(
            "output tokens a second", false, List.of(new Line("s1", Saturation.Step::outputTps))));
    html.append(
        picture(
            "goodput, share of requests",
            false,
            List.of(new Line("s3", Saturation.Step::goodput))));
    html.append("<ul class=bands>");
    for (String finding : SaturationTable.findings(saturation)) {
      html.append("<li>").append(Html.escape(finding)).append("</li>");
    }
    html.append("</ul><div class=scroll><table><thead><tr>");
    SaturationTable.columns(saturation).forEach(name -> cell(html, "th", name));
    cell(html, "th", "why it ended");
    html.append("</tr></thead><tbody>");
    List<List<String>> rows = SaturationTable.rows(saturation);
    for (int i = 0; i < rows.size(); i++) {
      html.append("<tr>");
      rows.get(i).forEach(text -> cell(html, "td", text));
      cell(html, "td", saturation.steps().get(i).why());
      html.append("</tr>");
    }
    return html.append("</tbody></table></div></section>").toString();
  }

  private static void cell(StringBuilder html, String tag, String text) {
    html.append('<').append(tag).append('>').append(Html.escape(text));
    html.append("</").append(tag).append('>');
  }

  private record Line(String style, Function<Saturation.Step, @Nullable Double> value) {}

  private String picture(String title, boolean logarithmic, List<Line> lines) {
    double highest = 0;
    double lowest = Double.MAX_VALUE;
    for (Line line : lines) {
      for (Saturation.Step step : steps) {
        Double value = line.value().apply(step);
        if (value != null && value > 0) {
          highest = Math.max(highest, value);
          lowest = Math.min(lowest, value);
        }
      }
    }
    if (highest <= 0) {
      return "";
    }
    Scale scale =
        logarithmic
            ? new Scale(
                Math.pow(10, Math.floor(Math.log10(lowest))),
                Math.pow(10, Math.ceil(Math.log10(highest))),
                true)
            : new Scale(0, Axis.niceTop(highest), false);
    StringBuilder svg =
        new StringBuilder("<figure><figcaption>")
            .append(Html.escape(title))
            .append(
                "</figcaption><svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s over %s\">"
                    .formatted(WIDTH, HEIGHT, Html.escape(title), saturation.dimension().key()));
    bracket(svg);
    for (double value : scale.ticks()) {
      double y = scale.y(value);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=grid x1=%d x2=%d y1=%.1f y2=%.1f />",
              LEFT,
              WIDTH - RIGHT,
              y,
              y));
      text(svg, "end", LEFT - 6, y + 4, Axis.label(value));
    }
    double step = Axis.niceTop(highestLevel / TICKS);
    for (double level = 0; level <= highestLevel; level += step) {
      text(svg, "middle", x(level), HEIGHT - 8, Axis.label(level));
    }
    for (Line line : lines) {
      line(svg, line, scale);
    }
    return svg.append("</svg></figure>").toString();
  }

  /** The bracket is shaded, the operating point marked. */
  private void bracket(StringBuilder svg) {
    Double knee = saturation.knee();
    Double bad = saturation.firstBad();
    if (knee != null) {
      double to = bad == null ? knee : bad;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=limited x=%.1f width=%.1f y=%d height=%d><title>the knee lies in here</title></rect>",
              x(knee),
              Math.max(1.5, x(to) - x(knee)),
              TOP,
              HEIGHT - TOP - BOTTOM));
    }
    Double point = saturation.operatingPoint();
    if (point != null) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=step x1=%.1f x2=%.1f y1=%d y2=%d><title>operating point</title></line>",
              x(point),
              x(point),
              TOP,
              HEIGHT - BOTTOM));
    }
  }

  private void line(StringBuilder svg, Line line, Scale scale) {
    StringBuilder path = new StringBuilder();
    StringBuilder points = new StringBuilder();
    for (Saturation.Step step : steps) {
      Double value = line.value().apply(step);
      if (value == null || (scale.logarithmic() && value <= 0)) {
        continue;
      }
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f",
              path.isEmpty() ? "M" : "L",
              x(step.level()),
              scale.y(value)));
      points.append(
          String.format(
              Locale.ROOT,
              "<circle class=%s cx=%.1f cy=%.1f r=%d><title>%s: %s</title></circle>",
              step.mark() == SweepStep.Mark.BAD ? "bad" : "good",
              x(step.level()),
              scale.y(value),
              RADIUS,
              Html.escape(step.phase()),
              Axis.label(value)));
    }
    svg.append("<path class=\"")
        .append(line.style())
        .append("\" d=\"")
        .append(path)
        .append("\"/>")
        .append(points);
  }

  private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=tick text-anchor=%s x=%.1f y=%.1f>%s</text>",
            anchor,
            x,
            y,
            text));
  }

  private double x(double level) {
    return LEFT + level / highestLevel * (WIDTH - LEFT - RIGHT);
  }

  /** From the picture's lower edge to its upper one. */
  private record Scale(double low, double high, boolean logarithmic) {
    double y(double value) {
      double share =
          logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
      return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    double[] ticks() {
      if (!logarithmic) {
        int count = Axis.steps(high);
        double[] ticks = new double[count + 1];
        for (int i = 0; i <= count; i++) {
          ticks[i] = high * i / count;
        }
        return ticks;
      }
      int decades = (int) Math.round(Math.log10(high / low));
      double[] ticks = new double[decades + 1];
      for (int i = 0; i <= decades; i++) {
        ticks[i] = low * Math.pow(10, i);
      }
      return ticks;
    }
  }
}
