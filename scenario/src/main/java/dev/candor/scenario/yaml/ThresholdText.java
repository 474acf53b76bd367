package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Section;
import dev.candor.scenario.Threshold;
import dev.candor.scenario.Threshold.Confidence;
import dev.candor.scenario.Threshold.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads thresholds: {@code ttft.p99{phase=hold, class=chat, confident} < 500ms}. */
final class ThresholdText {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([A-Za-z0-9_.]+?)\\s*(?:\\{(.*)})?\\s*(<=|>=|<|>)\\s*([^\\s<>=]+(?:\\s+[A-Za-z]+)?)\\s*");

  /** One of the things in braces; values with commas are quoted. */
  private static final Pattern PART =
      Pattern.compile("\\s*([a-z_]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^,\"]*?)))?\\s*(?:,|$)");

  private static final List<String> PARTS = List.of("phase", "class", "confident");

  /** Figures that have an interval, beside the percentiles of latencies. */
  private static final List<String> WITH_INTERVAL =
      List.of(
          "goodput",
          "failed_ratio",
          "cost.per_request.mean",
          "cost.per_request.p50",
          "cost.per_request.p95",
          "cost.per_request.p99",
          "knee",
          "operating_point");

  private ThresholdText() {}

  static Threshold parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw CandorException.user(
          "found '%s', must be like 'ttft.p99 < 500ms' or 'goodput{class=chat} >= 0.99'"
              .formatted(text));
    }
    String name = matcher.group(1);
    String head = name.split("\\.", 2)[0];
    boolean latency = Threshold.LATENCIES.contains(head);
    String metric = latency ? head : Threshold.OLDER_NAMES.getOrDefault(name, name);
    String statistic =
        latency && name.length() > head.length() ? name.substring(head.length() + 1) : null;
    if (latency) {
      checkStatistic(text, metric, statistic);
    } else {
      checkFigure(text, metric);
    }
    Threshold.Comparison comparison = comparison(matcher.group(3));
    double bound =
        latency && !metric.equals("output_tps_user")
            ? Durations.parseNanos(matcher.group(4)) / 1e6
            : plain(matcher.group(4));
    String parts = matcher.group(2);
    Threshold read = new Threshold(text, metric, statistic, comparison, bound);
    return parts == null ? read : inPart(read, parts);
  }

  /** The text of a threshold whose parts are written apart. */
  static String text(
      String expression,
      @Nullable String phase,
      @Nullable String requestClass,
      @Nullable String confident) {
    List<String> parts = new ArrayList<>();
    if (phase != null) {
      parts.add("phase=" + quoted(phase));
    }
    if (requestClass != null) {
      parts.add("class=" + quoted(requestClass));
    }
    if (confident != null && !confident.equals("false")) {
      parts.add(confident.equals("true") ? "confident" : "confident=" + confident);
    }
    Matcher matcher = FORM.matcher(expression);
    if (parts.isEmpty() || !matcher.matches()) {
      return expression;
    }
    if (matcher.group(2) != null) {
      throw CandorException.user(
          "'%s': names its part in braces; phase, class and confident beside it are one too many"
              .formatted(expression));
    }
    return "%s{%s} %s %s"
        .formatted(matcher.group(1), String.join(", ", parts), matcher.group(3), matcher.group(4));
  }

  private static String quoted(String name) {
    return name.matches("[^,\"{}]*") ? name : '"' + name + '"';
  }

  private static void checkStatistic(String text, String metric, @Nullable String statistic) {
    if (statistic == null || !Threshold.STATISTICS.contains(statistic)) {
      throw CandorException.user(
          "'%s': %s needs a statistic, such as %s.p99; known are %s"
              .formatted(text, metric, metric, String.join(", ", Threshold.STATISTICS)));
    }
  }

  private static void checkFigure(String text, String metric) {
    if (Threshold.FIGURES.contains(metric) || Threshold.RUN_FIGURES.contains(metric)) {
      return;
    }
    String head = metric.split("\\.", 2)[0];
    if (head.length() < metric.length() && Threshold.FIGURES.contains(head) && !hasParts(head)) {
      throw CandorException.user(
          "'%s': %s is one figure and has no .%s"
              .formatted(text, head, metric.substring(head.length() + 1)));
    }
    boolean likeALatency =
        head.length() < metric.length()
            && !hasParts(head)
            && Threshold.STATISTICS.contains(metric.substring(head.length() + 1));
    List<String> known = new ArrayList<>(Threshold.FIGURES);
    known.addAll(Threshold.RUN_FIGURES);
    known.addAll(Threshold.LATENCIES);
    String asked = likeALatency ? head : metric;
    throw CandorException.user(
        "'%s': there is no metric '%s'; %s".formatted(text, asked, Suggestion.of(asked, known)));
  }

  private static boolean hasParts(String head) {
    return Threshold.FIGURES.stream().anyMatch(each -> each.startsWith(head + "."));
  }

  private static Threshold inPart(Threshold read, String parts) {
    String phase = null;
    String requestClass = null;
    Confidence confidence = Confidence.POINT;
    Matcher part = PART.matcher(parts);
    int at = 0;
    while (at < parts.length()) {
      if (!part.find(at) || part.start() != at) {
        throw CandorException.user(
            "'%s': found {%s}, must be like {phase=hold, class=chat, confident}"
                .formatted(read.expression(), parts));
      }
      at = part.end();
      String value = part.group(2) != null ? part.group(2) : part.group(3);
      switch (part.group(1)) {
        case "phase" -> phase = given(read, "phase", value);
        case "class" -> requestClass = given(read, "class", value);
        case "confident" -> confidence = confidence(read, value);
        default ->
            throw CandorException.user(
                "'%s': there is no '%s' in braces; %s"
                    .formatted(
                        read.expression(), part.group(1), Suggestion.of(part.group(1), PARTS)));
      }
    }
    if (Threshold.RUN_FIGURES.contains(read.metric()) && (phase != null || requestClass != null)) {
      throw CandorException.user(
          "'%s': %s is a figure of the whole run, of no phase or class"
              .formatted(read.expression(), read.metric()));
    }
    return new Threshold(
        read.expression(),
        read.metric(),
        read.statistic(),
        read.comparison(),
        read.bound(),
        new Scope(phase, requestClass),
        confidence);
  }

  private static String given(Threshold read, String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw CandorException.user(
          "'%s': %s is of nothing; must be like {%s=NAME}".formatted(read.expression(), key, key));
    }
    return value;
  }

  private static Confidence confidence(Threshold read, @Nullable String value) {
    Confidence confidence =
        switch (value == null ? "true" : value) {
          case "true" -> Confidence.HOLDS;
          case "missed" -> Confidence.MISSED;
          case "false" -> Confidence.POINT;
          default ->
              throw CandorException.user(
                  "'%s': found confident=%s, must be true (it surely holds), missed (fails only where it is surely missed) or false"
                      .formatted(read.expression(), value));
        };
    String statistic = read.statistic();
    boolean known =
        statistic == null
            ? WITH_INTERVAL.contains(read.metric())
            : statistic.startsWith("p") && !read.metric().equals("schedule_lateness");
    if (confidence != Confidence.POINT && !known) {
      throw CandorException.user(
          "'%s': confident needs a figure with an interval: a percentile of a latency, %s"
              .formatted(read.expression(), String.join(", ", WITH_INTERVAL)));
    }
    return confidence;
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
        : Section.number(text.replaceFirst("^[$€£]|\\s+[A-Z]{3}$", ""), 0);
  }
}
