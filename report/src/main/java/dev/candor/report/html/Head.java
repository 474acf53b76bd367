package dev.candor.report.html;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.report.console.Figures;
import dev.candor.report.console.ThresholdWords;
import dev.candor.report.picture.OverTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The verdict in a sentence, the figures that matter with their bounds, what an average hides. */
final class Head {
  private static final int MOST_MISSED = 5;

  private final StringBuilder html = new StringBuilder();

  private Head() {}

  static String of(Analysis analysis, Bounds bounds) {
    Head head = new Head();
    head.write(analysis, bounds);
    return head.html.toString();
  }

  private void write(Analysis analysis, Bounds bounds) {
    Summary s = analysis.summary();
    html.append("<header><p class=kicker>Candor ")
        .append(Html.escape(s.candor()))
        .append("</p><h1>")
        .append(Html.escape(s.scenario()))
        .append("</h1><p class=\"verdict ")
        .append(s.verdict().key())
        .append("\">")
        .append(Html.escape(s.verdictReason()))
        .append("</p>");
    missed(s);
    html.append("<p class=see>")
        .append(
            Html.escape(
                "%s, model %s, %s, seed %d, %s"
                    .formatted(
                        analysis.run().target(),
                        analysis.run().model(),
                        analysis.run().start().truncatedTo(ChronoUnit.SECONDS),
                        s.seed(),
                        analysis.run().machine())))
        .append("</p></header>\n<section class=four aria-label=\"The figures that matter\">");
    Summary.Phase all = s.overall();
    tail("TTFT", all.latency().get("ttft"), bounds.ttft());
    if (OverTime.waitedToBeSent(analysis.windows())) {
      tail("TTFT from intent", all.latency().get("ttft_intended"), "");
    }
    tail("ITL", all.latency().get("itl"), bounds.itl());
    figure("Output", Figures.number(all.rates().outputTps()) + " tok/s", "");
    figure(
        all.goodput().slo().isEmpty() ? "Completed (no SLO)" : "Goodput",
        all.goodput().ratio() == null ? "n/a" : Figures.percent(all.goodput().ratio()),
        "%s good/s".formatted(Figures.number(all.goodput().requestsPerS())));
    knee(s.saturation());
    html.append("</section>\n");
    String hides = Hidden.sentence(all);
    if (hides != null) {
      html.append("<p class=hides>").append(Html.escape(hides)).append("</p>\n");
    }
    notes(s.notes().size());
  }

  /** What was asked for and not found, so that no reader has to look for it. */
  private void missed(Summary s) {
    List<Summary.ThresholdResult> missed =
        s.thresholds().stream().filter(threshold -> !threshold.ok()).limit(MOST_MISSED).toList();
    if (!missed.isEmpty()) {
      html.append("<ul class=bands>");
      missed.forEach(
          threshold ->
              html.append("<li>")
                  .append(
                      Html.escape(
                          "%s: %s".formatted(threshold.expr(), ThresholdWords.found(threshold))))
                  .append("</li>"));
      html.append("</ul>");
    }
  }

  private void notes(int notes) {
    if (notes > 0) {
      html.append("<p class=see><a href=\"#notes\">")
          .append(notes == 1 ? "1 thing" : notes + " things")
          .append(" to know</a> before the figures are believed.</p>\n");
    }
  }

  /** What a sweep was made for. */
  private void knee(@Nullable Saturation saturation) {
    Double knee = saturation == null ? null : saturation.knee();
    if (saturation != null && knee != null) {
      Double point = saturation.operatingPoint();
      figure(
          "Knee",
          saturation.text(knee),
          point == null ? "" : "operating point " + saturation.text(point));
    }
  }

  /** The highest percentile up to p99 that the sample is large enough for. */
  private void tail(String name, Summary.@Nullable Latency latency, String bound) {
    if (latency == null || latency.p50() == null) {
      figure(name + " p99", "n/a", bound);
    } else if (latency.p99() != null) {
      figure(name + " p99", Figures.ms(latency.p99()), beside(latency, bound));
    } else if (latency.p95() != null) {
      figure(name + " p95", Figures.ms(latency.p95()), beside(latency, bound));
    } else if (latency.p90() != null) {
      figure(name + " p90", Figures.ms(latency.p90()), beside(latency, bound));
    } else {
      figure(name + " p50", Figures.ms(latency.p50()), bound);
    }
  }

  /** The bound and, so that the tail is seen for what it is, the median. */
  private static String beside(Summary.Latency latency, String bound) {
    Double median = latency.p50();
    String half = median == null ? "" : String.format(Locale.ROOT, "p50 %s", Figures.ms(median));
    return bound.isEmpty() ? half : half + ", " + bound;
  }

  private void figure(String name, String value, String beside) {
    html.append("<div><span>")
        .append(Html.escape(name))
        .append("</span><b>")
        .append(Html.escape(value))
        .append("</b><small>")
        .append(Html.escape(beside))
        .append("</small></div>");
  }
}
