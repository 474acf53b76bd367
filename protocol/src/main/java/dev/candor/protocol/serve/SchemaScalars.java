package dev.candor.protocol.serve;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Makes up strings and numbers that a JSON Schema allows. <b>For one thread.</b> */
final class SchemaScalars {
  private static final List<String> WORDS =
      List.of("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor");
  private static final LocalDateTime EPOCH = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final int YEAR_SECONDS = 365 * 24 * 3600;
  private static final int LONGEST = 1_000;

  /** How far from its one bound a number may lie. */
  private static final double SPREAD = 100;

  /** Beyond it a double skips whole numbers. */
  private static final double MOST = 1e15;

  private final RandomGenerator random;

  SchemaScalars(RandomGenerator random) {
    this.random = random;
  }

  /** The value of a keyword that counts, no more than is sensible. */
  int count(JsonNode schema, String keyword, int absent) {
    JsonNode count = schema.path(keyword);
    return count.isNumber() ? (int) Math.clamp(count.doubleValue(), 0, LONGEST) : absent;
  }

  String string(JsonNode schema) {
    LocalDateTime time = EPOCH.plusSeconds(random.nextInt(YEAR_SECONDS));
    return switch (schema.path("format").asString("")) {
      case "date" -> time.toLocalDate().toString();
      case "date-time" -> time.toInstant(ZoneOffset.UTC).toString();
      case "time" -> DateTimeFormatter.ISO_LOCAL_TIME.format(time) + "Z";
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "email" -> word() + "@example.com";
      case "uri", "url" -> "https://example.com/" + word();
      default -> words(count(schema, "minLength", 1), count(schema, "maxLength", LONGEST));
    };
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String words(int least, int most) {
    StringBuilder words = new StringBuilder(word());
    while (words.length() < least) {
      words.append(' ').append(word());
    }
    words.setLength(Math.min(words.length(), Math.max(least, most)));
    return words.toString();
  }

  long integer(JsonNode schema) {
    Range range = Range.of(schema);
    double step = Math.max(1, Math.rint(range.step));
    double low = Math.floor(range.low / step) * step;
    while (low < range.low || (range.excludesLow && low == range.low)) {
      low += step;
    }
    long steps = (long) Math.max(0, Math.min((range.high - low) / step, SPREAD));
    if (range.excludesHigh && steps > 0 && low + steps * step == range.high) {
      steps--;
    }
    return (long) (low + random.nextLong(steps + 1) * step);
  }

  double number(JsonNode schema) {
    Range range = Range.of(schema);
    if (range.step > 0) {
      return Math.ceil(range.low / range.step + (range.excludesLow ? 0.5 : 0)) * range.step;
    }
    return range.low + (range.high - range.low) * random.nextInt(1, 8) / 8;
  }

  /**
   * The numbers that a schema allows.
   *
   * @param step what they are multiples of, 0 where any will do
   */
  private record Range(
      double low, double high, boolean excludesLow, boolean excludesHigh, double step) {

    static Range of(JsonNode schema) {
      double least = bound(schema, "minimum", Double.NEGATIVE_INFINITY);
      double above = bound(schema, "exclusiveMinimum", Double.NEGATIVE_INFINITY);
      double most = bound(schema, "maximum", Double.POSITIVE_INFINITY);
      double below = bound(schema, "exclusiveMaximum", Double.POSITIVE_INFINITY);
      double low = Math.max(least, above);
      double high = Math.min(most, below);
      if (Double.isInfinite(low)) {
        low = high > 0 ? 0 : high - SPREAD;
      }
      if (Double.isInfinite(high)) {
        high = low + SPREAD;
      }
      return new Range(
          low,
          Math.max(low, high),
          above == low || isTrue(schema, "exclusiveMinimum"),
          below == high || isTrue(schema, "exclusiveMaximum"),
          Math.max(0, bound(schema, "multipleOf", 0)));
    }

    private static double bound(JsonNode schema, String keyword, double absent) {
      JsonNode bound = schema.path(keyword);
      return bound.isNumber() ? Math.clamp(bound.doubleValue(), -MOST, MOST) : absent;
    }

    /** Draft 4 says with a flag what later ones say with a number. */
    private static boolean isTrue(JsonNode schema, String keyword) {
      return schema.path(keyword).isBoolean() && schema.get(keyword).booleanValue();
    }
  }
}
