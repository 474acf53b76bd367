package dev.candor.base.units;

import dev.candor.base.error.CandorException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 1.5s}, {@code 1m30s}, {@code 4h}. */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration of at least 0.
   *
   * @throws CandorException where {@code text} is not one, with what was found and an example
   */
  public static Duration parse(String text) {
    return Duration.ofNanos(parseNanos(text));
  }

  /** As {@link #parse}, in nanoseconds. */
  public static long parseNanos(String text) {
    String trimmed = text.trim();
    if (trimmed.equals("0")) {
      return 0;
    }
    Matcher matcher = PART.matcher(trimmed);
    double nanos = 0;
    int end = 0;
    while (end < trimmed.length() && matcher.find(end) && matcher.start() == end) {
      nanos += Double.parseDouble(matcher.group(1)) * nanosIn(matcher.group(2));
      end = matcher.end();
    }
    if (trimmed.isEmpty() || end != trimmed.length()) {
      throw CandorException.user(
          "'%s' is not a duration; write a number with a unit, such as 500ms, 60s or 1m30s"
              .formatted(text));
    }
    if (nanos > Long.MAX_VALUE / 2.0) {
      throw CandorException.user("the duration '%s' is longer than a century".formatted(text));
    }
    return Math.round(nanos);
  }

  /** A duration with the unit that suits it: {@code 431 ms}, {@code 1.25 s}, {@code 4 h}. */
  public static String format(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds == 0) {
      return "0 s";
    }
    double magnitude = Math.abs(seconds);
    if (magnitude < 1e-3) {
      return number(seconds * 1e6) + " µs";
    }
    if (magnitude < 1) {
      return number(seconds * 1e3) + " ms";
    }
    if (magnitude < 120) {
      return number(seconds) + " s";
    }
    return magnitude < 7200 ? number(seconds / 60) + " min" : number(seconds / 3600) + " h";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static double nanosIn(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      case "d" -> 86400e9;
      default -> throw new IllegalArgumentException(unit);
    };
  }
}
