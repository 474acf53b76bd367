package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.Figures;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the mean of a run hides, in words. */
final class Hidden {
  /** A tail so many times the median is another experience. */
  private static final double APART = 1.5;

  /** A mean so far from the median, as a share of it, is nobody's. */
  private static final double OFF = 0.2;

  private Hidden() {}

  /** Null where too little is known. */
  static @Nullable String sentence(Summary.Phase all) {
    Summary.Latency ttft = all.latency().get("ttft");
    if (ttft == null || ttft.p50() == null || ttft.mean() == null) {
      return null;
    }
    double median = ttft.p50();
    StringBuilder text =
        new StringBuilder("Half of the answers began within %s".formatted(Figures.ms(median)));
    Double tail = ttft.p99() == null ? ttft.p90() : ttft.p99();
    boolean apart = tail != null && median > 0 && tail / median >= APART;
    if (tail != null && median > 0) {
      text.append(
          "; %s waited longer than %s"
              .formatted(ttft.p99() == null ? "one in ten" : "one in a hundred", Figures.ms(tail)));
      text.append(apart ? String.format(Locale.ROOT, ", %.1f times as long", tail / median) : "");
    }
    boolean off = Math.abs(ttft.mean() - median) > OFF * median;
    text.append(
        (apart || off ? ". The mean, %s, says neither." : ". The mean, %s, hides little here.")
            .formatted(Figures.ms(ttft.mean())));
    Summary.Latency gap = all.latency().get("max_gap");
    Summary.Latency itl = all.latency().get("itl");
    if (gap != null && gap.max() != null && itl != null && itl.p50() != null) {
      text.append(
          " The longest break inside an answer was %s; between tokens it is usually %s."
              .formatted(Figures.ms(gap.max()), Figures.ms(itl.p50())));
    }
    return text.toString();
  }
}
