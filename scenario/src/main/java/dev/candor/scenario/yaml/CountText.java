package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Large counts as people write them: {@code 2M}, {@code 500k}, {@code 1.5M}, {@code 2_000_000}. */
final class CountText {
  private static final Pattern COUNT = Pattern.compile("(-?\\d[\\d_]*(?:\\.\\d+)?)\\s*([kKMGB]?)");

  private static final Map<String, Long> FACTORS =
      Map.of(
          "",
          1L,
          "k",
          1_000L,
          "K",
          1_000L,
          "M",
          1_000_000L,
          "G",
          1_000_000_000L,
          "B",
          1_000_000_000L);

  private CountText() {}

  /**
   * A whole number of at least 1.
   *
   * @throws CandorException where it is none
   */
  static long positive(String text) {
    Matcher matcher = COUNT.matcher(text.trim());
    if (matcher.matches()) {
      BigDecimal count =
          new BigDecimal(matcher.group(1).replace("_", ""))
              .multiply(BigDecimal.valueOf(FACTORS.getOrDefault(matcher.group(2), 1L)));
      if (count.signum() <= 0) {
        throw CandorException.user("found %s, must be at least 1".formatted(text));
      }
      try {
        return count.longValueExact();
      } catch (ArithmeticException e) {
        // Answered below: a part of one, or more than there can be.
      }
    }
    throw CandorException.user(
        "found '%s', must be a whole number of at least 1, such as 500k or 2M".formatted(text));
  }
}
