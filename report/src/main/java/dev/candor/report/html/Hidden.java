package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.Figures;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the mean of a run hides, in words. */
final class Hidden {
  private Hidden() {}

  /** Null where too little is known. */
  static @Nullable String sentence(Summary.Phase all) {
    Summary.Latency ttft = all.latency().get("ttft");
    if (ttft == null || ttft.p50() == null || ttft.mean() == null) {
      return null;
    }
    StringBuilder text =
        new StringBuilder(
            "Half of the answers began within %s".formatted(Figures.ms(ttft.p50())));
    Double tail = ttft.p99() == null ? ttft.p90() : ttft.p99();
    if (tail != null && ttft.p50() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "; %s waited longer than %s, %.1f times as long",
              ttft.p99() == null ? "one in ten" : "one in a hundred",
              Figures.ms(tail),
              tail / ttft.p50()));
    }
    text.append(". The mean, %s, says neither.".formatted(Figures.ms(ttft.mean())));
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
