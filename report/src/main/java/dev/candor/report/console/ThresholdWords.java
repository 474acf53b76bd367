package dev.candor.report.console;

import dev.candor.analysis.Summary;
import dev.candor.analysis.Summary.ThresholdResult;
import dev.candor.scenario.Threshold;
import java.util.function.DoubleFunction;

/** What was found of a threshold, as every report says it. */
public final class ThresholdWords {
  private ThresholdWords() {}

  /** {@code found 512 ms [480 ms, 530 ms]}, and why it is as it is, where there is a reason. */
  public static String found(ThresholdResult result) {
    String found = result.value() == null ? "unknown" : "found " + value(result);
    return result.why() == null ? found : found + ": " + result.why();
  }

  /** {@code held}, {@code missed} or, with neither for sure, {@code undecided}. */
  public static String state(ThresholdResult result) {
    boolean undecided = result.why() != null && result.why().startsWith("undecided");
    return undecided ? "undecided" : result.ok() ? "held" : "missed";
  }

  /** The value in its unit, with its interval; {@code unknown}. */
  public static String value(ThresholdResult result) {
    Double value = result.value();
    if (value == null) {
      return "unknown";
    }
    DoubleFunction<String> form = form(result.expr());
    Summary.Interval interval = result.interval();
    return interval == null
        ? form.apply(value)
        : "%s [%s, %s]"
            .formatted(form.apply(value), form.apply(interval.low()), form.apply(interval.high()));
  }

  private static DoubleFunction<String> form(String expression) {
    String name = expression.strip().split("[\\s<>={]", 2)[0];
    String head = name.split("\\.", 2)[0];
    if (Threshold.LATENCIES.contains(head) && !head.equals("output_tps_user")) {
      return Figures::ms;
    }
    return switch (name) {
      case "goodput", "failed_ratio", "cache.hit_rate", "cache_hit_rate" -> Figures::percent;
      default -> head.startsWith("cost") ? Figures::money : Figures::number;
    };
  }
}
