package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Section;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads thresholds: {@code ttft.p99 < 500ms}, {@code goodput >= 99%}. */
final class ThresholdText {
  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z0-9_]+)(?:\\.([A-Za-z0-9_]+))?\\s*(<=|>=|<|>)\\s*(\\S+)\\s*");

  private ThresholdText() {}

  static Threshold parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw CandorException.user(
          "found '%s', must be like 'ttft.p99 < 500ms' or 'goodput >= 0.99'".formatted(text));
    }
    String metric = matcher.group(1);
    String statistic = matcher.group(2);
    boolean latency = Threshold.LATENCIES.contains(metric);
    if (!latency && !Threshold.FIGURES.contains(metric)) {
      List<String> known = new ArrayList<>(Threshold.FIGURES);
      known.addAll(Threshold.LATENCIES);
      throw CandorException.user(
          "'%s': there is no metric '%s'; %s"
              .formatted(text, metric, Suggestion.of(metric, known)));
    }
    if (latency && (statistic == null || !Threshold.STATISTICS.contains(statistic))) {
      throw CandorException.user(
          "'%s': %s needs a statistic, such as %s.p99; known are %s"
              .formatted(text, metric, metric, String.join(", ", Threshold.STATISTICS)));
    }
    if (!latency && statistic != null) {
      throw CandorException.user(
          "'%s': %s is one figure and has no .%s".formatted(text, metric, statistic));
    }
    Threshold.Comparison comparison = comparison(matcher.group(3));
    double bound =
        latency && !metric.equals("output_tps_user")
            ? Durations.parseNanos(matcher.group(4)) / 1e6
            : plain(matcher.group(4));
    return new Threshold(text, metric, statistic, comparison, bound);
  }

  private static Threshold.Comparison comparison(String symbol) {
    for (Threshold.Comparison each : Threshold.Comparison.values()) {
      if (each.symbol().equals(symbol)) {
        return each;
      }
    }
    throw new IllegalArgumentException(symbol);
  }

  private static double plain(String text) {
    return text.endsWith("%")
        ? Section.number(text.substring(0, text.length() - 1), 0) / 100
        : Section.number(text.replace("$", ""), 0);
  }
}
