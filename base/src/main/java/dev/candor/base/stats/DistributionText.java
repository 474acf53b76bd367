package dev.candor.base.stats;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Distributions as text, the one notation of scenarios and flags: {@code 20ms}, {@code uniform(50,
 * 100)}, {@code normal(20ms, 2ms)}, {@code lognormal(200ms, 0.4)} or {@code lognormal(p50=200ms,
 * p99=600ms)}, {@code gamma(20ms, 0.3)}, {@code exponential(2s)}, {@code percentiles(p0=1ms,
 * p50=20ms, p100=90ms)}.
 */
public final class DistributionText {
  private static final double STANDARD_NORMAL_P99 = 2.3263478740408408;
  private static final List<String> NAMES =
      List.of("constant", "uniform", "normal", "lognormal", "gamma", "exponential", "percentiles");
  private static final String KINDS =
      "a value, uniform(low, high), normal(mean, sd), lognormal(median, sigma),"
          + " lognormal(p50=…, p99=…), gamma(mean, cv), exponential(mean)"
          + " or percentiles(p0=…, p50=…, p100=…)";

  private DistributionText() {}

  /**
   * Reads a distribution.
   *
   * @param value reads one quantity in the caller's unit; throws {@link CandorException} on
   *     nonsense
   */
  public static Distribution parse(String text, ToDoubleFunction<String> value) {
    String trimmed = text.trim();
    int open = trimmed.indexOf('(');
    if (open < 0) {
      return new Distribution.Constant(value.applyAsDouble(trimmed));
    }
    if (!trimmed.endsWith(")")) {
      throw unreadable(text, "its '(' is not closed");
    }
    String kind = trimmed.substring(0, open).trim();
    List<String> arguments = new ArrayList<>();
    for (String argument : trimmed.substring(open + 1, trimmed.length() - 1).split(",", -1)) {
      arguments.add(argument.trim());
    }
    return switch (kind) {
      case "constant" -> {
        expect(text, arguments, 1);
        yield new Distribution.Constant(value.applyAsDouble(arguments.get(0)));
      }
      case "uniform" -> {
        expect(text, arguments, 2);
        double low = value.applyAsDouble(arguments.get(0));
        double high = value.applyAsDouble(arguments.get(1));
        if (high < low) {
          throw unreadable(text, "its low end is above its high end");
        }
        yield new Distribution.Uniform(low, high);
      }
      case "normal" -> {
        expect(text, arguments, 2);
        yield new Distribution.Normal(
            value.applyAsDouble(arguments.get(0)), value.applyAsDouble(arguments.get(1)));
      }
      case "lognormal" -> {
        expect(text, arguments, 2);
        yield logNormal(text, arguments, value);
      }
      case "gamma" -> {
        expect(text, arguments, 2);
        double mean = positive(text, value.applyAsDouble(arguments.get(0)), "mean");
        yield new Distribution.Gamma(mean, positive(text, plain(text, arguments.get(1)), "cv"));
      }
      case "exponential" -> {
        expect(text, arguments, 1);
        yield new Distribution.Exponential(
            positive(text, value.applyAsDouble(arguments.get(0)), "mean"));
      }
      case "percentiles" -> percentiles(text, arguments, value);
      default ->
          throw CandorException.user(
              "'%s': there is no distribution '%s'; %s"
                  .formatted(text, kind, Suggestion.of(kind, NAMES)));
    };
  }

  private static Distribution logNormal(
      String text, List<String> arguments, ToDoubleFunction<String> value) {
    if (!arguments.get(0).contains("=")) {
      double median = positive(text, value.applyAsDouble(arguments.get(0)), "median");
      return new Distribution.LogNormal(median, plain(text, arguments.get(1)));
    }
    Map<Double, Double> known = named(text, arguments, value);
    Double median = known.get(0.5);
    Double p99 = known.get(0.99);
    if (median == null || p99 == null || median <= 0 || p99 < median) {
      throw unreadable(text, "lognormal takes p50 and p99, p50 above 0 and p99 not below it");
    }
    return new Distribution.LogNormal(median, StrictMath.log(p99 / median) / STANDARD_NORMAL_P99);
  }

  private static Distribution percentiles(
      String text, List<String> arguments, ToDoubleFunction<String> value) {
    Map<Double, Double> known = named(text, arguments, value);
    try {
      return new Distribution.Percentiles(
          known.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
          known.values().stream().mapToDouble(Double::doubleValue).toArray());
    } catch (IllegalArgumentException e) {
      throw unreadable(text, String.valueOf(e.getMessage()));
    }
  }

  private static Map<Double, Double> named(
      String text, List<String> arguments, ToDoubleFunction<String> value) {
    Map<Double, Double> known = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("p") || equals < 2) {
        throw unreadable(text, "'%s' should be like p50=20ms".formatted(argument));
      }
      double percent = plain(text, argument.substring(1, equals).trim());
      if (percent > 100) {
        throw unreadable(text, "there is no percentile above p100");
      }
      known.put(percent / 100, value.applyAsDouble(argument.substring(equals + 1).trim()));
    }
    return known;
  }

  private static void expect(String text, List<String> arguments, int count) {
    if (arguments.size() != count) {
      throw unreadable(text, "it has %d arguments, not %d".formatted(arguments.size(), count));
    }
  }

  private static double positive(String text, double value, String what) {
    if (!(value > 0)) {
      throw unreadable(text, "its " + what + " must be above 0");
    }
    return value;
  }

  private static double plain(String text, String number) {
    try {
      double value = Double.parseDouble(number);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below, with the text as a whole.
    }
    throw unreadable(text, "'%s' is not a number of at least 0".formatted(number));
  }

  private static CandorException unreadable(String text, String why) {
    return CandorException.user(
        "'%s' is not a distribution: %s; write %s".formatted(text, why, KINDS));
  }
}
