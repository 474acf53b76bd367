package dev.candor.scenario.yaml;

import dev.candor.base.stats.Distribution;
import java.util.ArrayList;
import java.util.List;

/** Quantities as text that is read back to the same value. */
final class QuantityText {
  private QuantityText() {}

  static String nanos(long nanos) {
    if (nanos % 1_000_000_000 == 0) {
      return nanos / 1_000_000_000 + "s";
    }
    return nanos % 1_000_000 == 0 ? nanos / 1_000_000 + "ms" : nanos + "ns";
  }

  /** A distribution of nanoseconds, to the nanosecond. */
  static String nanos(Distribution distribution) {
    return distribution(distribution, "ns");
  }

  static String tokens(Distribution distribution) {
    return distribution(distribution, "");
  }

  /** A distribution of bare numbers. */
  static String number(Distribution distribution) {
    return distribution(distribution, "");
  }

  private static String distribution(Distribution distribution, String unit) {
    return switch (distribution) {
      case Distribution.Constant d -> number(d.value(), unit);
      case Distribution.Uniform d ->
          "uniform(%s, %s)".formatted(number(d.low(), unit), number(d.high(), unit));
      case Distribution.Normal d ->
          "normal(%s, %s)".formatted(number(d.mean(), unit), number(d.standardDeviation(), unit));
      case Distribution.LogNormal d ->
          "lognormal(%s, %s)".formatted(number(d.median(), unit), d.sigma());
      case Distribution.Gamma d ->
          "gamma(%s, %s)".formatted(number(d.mean(), unit), d.coefficientOfVariation());
      case Distribution.Exponential d -> "exponential(%s)".formatted(number(d.mean(), unit));
      case Distribution.Percentiles d -> {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < d.shares().length; i++) {
          parts.add("p" + percent(d.shares()[i]) + "=" + number(d.values()[i], unit));
        }
        yield "percentiles(" + String.join(", ", parts) + ")";
      }
    };
  }

  /** The shortest text that is read back to the same share. */
  private static String percent(double share) {
    double percent = share * 100;
    double rounded = Math.rint(percent * 1e9) / 1e9;
    return number(rounded / 100 == share ? rounded : percent, "");
  }

  private static String number(double value, String unit) {
    if (unit.equals("ns")) {
      return nanos(Math.round(value));
    }
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
