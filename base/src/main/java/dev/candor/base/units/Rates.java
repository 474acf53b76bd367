package dev.candor.base.units;

import dev.candor.base.error.CandorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as people write them: {@code 10}, {@code 10/s}, {@code 600/min}, {@code 5000/h}. */
public final class Rates {
  private static final Pattern RATE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(?:/\\s*(s|sec|m|min|h))?");

  private Rates() {}

  /**
   * Reads a rate above 0, per second where no unit is given.
   *
   * @return events per second
   * @throws CandorException where {@code text} is not one
   */
  public static double parsePerSecond(String text) {
    Matcher matcher = RATE.matcher(text.trim());
    if (matcher.matches()) {
      double value = Double.parseDouble(matcher.group(1));
      String unit = matcher.group(2);
      double perSecond =
          unit == null || unit.startsWith("s") ? value : value / (unit.startsWith("m") ? 60 : 3600);
      if (perSecond > 0) {
        return perSecond;
      }
    }
    throw CandorException.user(
        "'%s' is not a rate above 0; write it as 10/s, 600/min or 5000/h".formatted(text));
  }
}
