package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Durations;
import org.jspecify.annotations.Nullable;

/** How long a token of an answer takes, where a corpus does not say when answers ended. */
final class TokenTime {
  private TokenTime() {}

  /** Nanoseconds, 0 where {@code text} is null. */
  static long nanos(String flag, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    long nanos;
    try {
      nanos = Durations.parseNanos(text);
    } catch (CandorException e) {
      throw CandorException.user(flag + ": " + e.getMessage());
    }
    if (nanos < 1 || nanos > 60_000_000_000L) {
      throw CandorException.user(
          "%s: found %s, must be above 0 and at most 60s".formatted(flag, text));
    }
    return nanos;
  }
}
