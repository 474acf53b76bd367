package dev.candor.scenario.yaml;

import dev.candor.scenario.Retries;
import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.Jitter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code retries} with all that its policy's name stands for. */
final class RetriesYaml {
  private RetriesYaml() {}

  static Object of(Retries retries) {
    if (!retries.any()) {
      return "none";
    }
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("policy", retries.policy());
    section.put("max_attempts", retries.maxAttempts());
    switch (retries.backoff()) {
      case Backoff.Immediate _ -> {}
      case Backoff.Fixed(long pause) -> section.put("base", QuantityText.nanos(pause));
      case Backoff.Exponential(long base, double factor, long max, Jitter jitter) -> {
        section.put("base", QuantityText.nanos(base));
        section.put("factor", factor);
        section.put("max", QuantityText.nanos(max));
        section.put("jitter", jitter(jitter));
      }
    }
    section.put("on", on(retries.on()));
    section.put("up_to", retries.reach().key());
    Retries.Advice advice = retries.advice();
    section.put("retry_after", advice.retryAfter().key());
    section.put("reset", advice.resets() ? "honour" : "ignore");
    section.put("retry_after_max", QuantityText.nanos(advice.longestNanos()));
    section.put("retry_after_beyond", advice.beyond().key());
    section.put("should_retry", advice.shouldRetry() ? "honour" : "ignore");
    Retries.Budget budget = retries.budget();
    if (budget != null) {
      Map<String, Object> entries = new LinkedHashMap<>();
      entries.put("share", percent(budget.share()));
      entries.put("min_per_second", budget.minPerSecond());
      section.put("budget", entries);
    }
    Retries.Breaker breaker = retries.breaker();
    if (breaker != null) {
      Map<String, Object> entries = new LinkedHashMap<>();
      entries.put("failures", percent(breaker.failures()));
      entries.put("window", QuantityText.nanos(breaker.windowNanos()));
      entries.put("min_calls", breaker.leastCalls());
      entries.put("open_for", QuantityText.nanos(breaker.openNanos()));
      entries.put("probes", breaker.probes());
      section.put("breaker", entries);
    }
    return section;
  }

  private static String jitter(Jitter jitter) {
    return switch (jitter) {
      case Jitter.None _ -> "none";
      case Jitter.Full _ -> "full";
      case Jitter.Equal _ -> "equal";
      case Jitter.Decorrelated _ -> "decorrelated";
      case Jitter.Less(double share) -> "-" + percent(share);
      case Jitter.More(long nanos) -> "+" + QuantityText.nanos(nanos);
    };
  }

  private static List<Object> on(Retries.On on) {
    List<Object> all = new ArrayList<>();
    on.failures().stream().sorted().forEach(failure -> all.add(failure.key()));
    all.addAll(on.statuses());
    if (on.serverErrors()) {
      all.add("5xx");
    }
    return all;
  }

  /** A share that reads back to the same. */
  private static String percent(double share) {
    return new BigDecimal(String.valueOf(share))
            .movePointRight(2)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }
}
