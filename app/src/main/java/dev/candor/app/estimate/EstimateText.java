package dev.candor.app.estimate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An estimate in words, and as JSON. */
public final class EstimateText {
  private EstimateText() {}

  /** For a terminal. */
  public static String of(Estimate estimate) {
    StringBuilder text = new StringBuilder();
    text.append(
        "candor estimate: %s, against %s%n%n".formatted(estimate.scenario(), estimate.target()));
    text.append("%-14s %16s %16s %16s%n".formatted("", "low", "likely", "high"));
    row(text, "requests", estimate.requests(), EstimateText::count);
    row(text, "input tokens", estimate.input(), EstimateText::count);
    row(text, "  of it cached", estimate.cached(), EstimateText::count);
    row(text, "output tokens", estimate.output(), EstimateText::count);
    row(text, "duration", estimate.seconds(), Estimator::time);
    Range cost = estimate.cost();
    if (cost == null) {
      text.append("%-14s %16s%n".formatted("cost", "n/a: no prices"));
    } else {
      row(text, "cost", cost, value -> money(value, estimate.currency()));
    }
    if (!estimate.quota().isEmpty()) {
      text.append(
          "%n%-14s %16s %23s %23s %9s%n".formatted("quota", "a minute", "mean", "peak", "at peak"));
      for (QuotaUse use : estimate.quota()) {
        text.append(
            "%-14s %16s %23s %23s %9s%s%n"
                .formatted(
                    use.key(),
                    count(use.limit()),
                    span(use.mean()),
                    span(use.peak()),
                    Math.round(100 * use.highestShare()) + " %",
                    use.highestShare() > 1 ? "  over it" : ""));
      }
    }
    text.append("%nwhere the ranges come from%n".formatted());
    for (String sentence : estimate.basis()) {
      text.append("  ").append(sentence).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static void row(
      StringBuilder text, String name, Range range, DoubleFunction<String> shown) {
    text.append(
        "%-14s %16s %16s %16s%n"
            .formatted(
                name,
                shown.apply(range.low()),
                shown.apply(range.likely()),
                shown.apply(range.high())));
  }

  private static String span(Range range) {
    return count(range.low()) + " – " + count(range.high());
  }

  static String count(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  /** Such as {@code $0.31}, {@code 12.40 EUR}. */
  static String money(double value, @Nullable String currency) {
    String digits =
        String.format(
            Locale.ROOT,
            value == 0 || value >= 0.1 ? "%,.2f" : value >= 0.001 ? "%.4f" : "%.6f",
            value);
    return currency == null || currency.equals("USD") ? "$" + digits : digits + " " + currency;
  }

  /** With the keys of docs/estimate.md. */
  public static String json(Estimate estimate, String version) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("candor", version);
    root.put("scenario", estimate.scenario());
    root.put("target", estimate.target());
    root.put("requests", range(estimate.requests()));
    root.put("input_tokens", range(estimate.input()));
    root.put("cached_tokens", range(estimate.cached()));
    root.put("output_tokens", range(estimate.output()));
    root.put("duration_s", range(estimate.seconds()));
    root.put("cost", estimate.cost() == null ? null : range(estimate.cost()));
    root.put("currency", estimate.currency());
    Map<String, Object> quota = new LinkedHashMap<>();
    for (QuotaUse use : estimate.quota()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("limit", use.limit());
      fields.put("mean", range(use.mean()));
      fields.put("peak", range(use.peak()));
      quota.put(use.key(), fields);
    }
    root.put("quota", quota);
    root.put("basis", List.copyOf(estimate.basis()));
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(root);
  }

  private static Map<String, Double> range(Range range) {
    Map<String, Double> fields = new LinkedHashMap<>();
    fields.put("low", range.low());
    fields.put("likely", range.likely());
    fields.put("high", range.high());
    return fields;
  }
}
