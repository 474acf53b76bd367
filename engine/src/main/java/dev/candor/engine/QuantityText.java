package dev.candor.engine;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities of profiles as text. */
final class QuantityText {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-zA-Zµ]+)");

  private QuantityText() {}

  /** A time that may be a fraction of a nanosecond: {@code 6.9ms}, {@code 1.31ns}, {@code 0}. */
  static double nanos(String text) {
    double whole = Durations.parseNanos(text);
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.trim());
    return matcher.matches()
        ? Double.parseDouble(matcher.group(1)) * Durations.parseNanos("1" + matcher.group(2))
        : whole;
  }

  /** An amount of memory in GiB: {@code 80GiB}, {@code 141.1GB} (a GB is 10⁹ bytes). */
  static double gib(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.trim());
    if (matcher.matches()) {
      double number = Double.parseDouble(matcher.group(1));
      switch (matcher.group(2)) {
        case "GiB" -> {
          return number;
        }
        case "MiB" -> {
          return number / 1024;
        }
        case "GB" -> {
          return number * 1e9 / (1L << 30);
        }
        default -> {
          // Answered below.
        }
      }
    }
    throw CandorException.user(
        "'%s' is not an amount of memory; write it as 80GiB, 512MiB or 141.1GB".formatted(text));
  }
}
