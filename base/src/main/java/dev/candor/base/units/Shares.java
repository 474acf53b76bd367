package dev.candor.base.units;

import dev.candor.base.error.CandorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares as people write them: {@code 0.05}, {@code 5%}, {@code 5 %}. */
public final class Shares {
  private static final Pattern SHARE =
      Pattern.compile("(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)\\s*(%)?");

  private Shares() {}

  /**
   * Reads a share of at least 0, which may be above 1: a growth for instance.
   *
   * @throws CandorException where {@code text} is not one
   */
  public static double parse(String text) {
    Matcher matcher = SHARE.matcher(text.trim());
    if (matcher.matches()) {
      double value = Double.parseDouble(matcher.group(1));
      double share = matcher.group(2) == null ? value : value / 100;
      if (Double.isFinite(share)) {
        return share;
      }
    }
    throw CandorException.user("found '%s', must be a share such as 0.05 or 5%%".formatted(text));
  }

  /** As {@link #parse}, of a whole: at most 1. */
  public static double parsePart(String text) {
    double share = parse(text);
    if (share > 1) {
      throw CandorException.user(
          "found %s, must be a share from 0 to 1, such as 0.05 or 5%%".formatted(text));
    }
    return share;
  }
}
