package dev.candor.analysis.drift;

import dev.candor.analysis.Summary;
import dev.candor.base.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drift in sentences, the same for every report. */
public final class DriftWords {
  private DriftWords() {}

  /** What fails a soak, to end a verdict with; empty where no threshold on drift was missed. */
  public static String reason(List<Summary.ThresholdResult> results, @Nullable Drift drift) {
    boolean missed =
        results.stream().anyMatch(each -> !each.ok() && each.expr().strip().startsWith("drift"));
    return missed && drift != null && !drift.worse().isEmpty()
        ? "; "
            + drift.worse().stream()
                .map(trend -> trend.metric().key() + " drifts by " + change(trend))
                .collect(Collectors.joining(", "))
        : "";
  }

  /** {@code +3.02 %/h (95 %: +2.95 to +3.08)}, or in its unit where the first level is 0. */
  public static String change(Drift.Trend t) {
    Double percent = t.percent(t.perHour());
    if (percent == null) {
      return String.format(Locale.ROOT, "%+.3g %s/h", t.perHour(), t.metric().unit());
    }
    Double low = t.percent(t.low());
    Double high = t.percent(t.high());
    return String.format(Locale.ROOT, "%+.2f %%/h", percent)
        + (low == null || high == null
            ? ""
            : String.format(Locale.ROOT, " (95 %%: %+.2f to %+.2f)", low, high));
  }

  /** What a reader must know; the first sentence says whether there is anything. */
  public static List<String> findings(Drift drift) {
    List<String> findings = new ArrayList<>();
    for (Drift.Trend trend : drift.trends()) {
      if (trend.drifting()) {
        findings.add(
            "%s drifts by %s%s".formatted(trend.metric().key(), change(trend), meaning(trend)));
      }
    }
    for (Drift.Spikes spikes : drift.spikes()) {
      if (spikes.found()) {
        findings.add(
            String.format(
                Locale.ROOT,
                "%s has a spike every %s, about %.3g ms high, the first at %.0f s",
                spikes.metric(),
                Durations.format(Duration.ofSeconds(Math.round(spikes.periodS()))),
                spikes.amplitude(),
                spikes.firstS()));
      }
    }
    if (findings.isEmpty()) {
      findings.add("no drift and no periodic spikes");
    }
    return findings;
  }

  private static String meaning(Drift.Trend trend) {
    return switch (trend.metric().side()) {
      case SERVICE -> trend.worse() ? ": worse" : ": better";
      case SERVER -> ", by the server's own word";
      case CLIENT -> trend.worse() ? ": the client's own, not the server's" : "";
    };
  }
}
