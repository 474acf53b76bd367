package dev.candor.record;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a request whose attempt failed was not tried again, where the load generator tries again what
 * fails. It stands at the end of the last attempt's error: {@code HTTP 429: … [not tried again:
 * attempts]}.
 */
public enum GivenUp {
  /** It was not a failure that is tried again, or its answer had come too far. */
  NOT_RETRIED,
  /** It was tried as often as may be. */
  ATTEMPTS,
  /** The budget of retries was used up. */
  BUDGET,
  /** The circuit breaker was open. */
  BREAKER,
  /** The server asked not to be tried again, or not before longer than is waited for. */
  SERVER;

  private static final int ERROR_LIMIT = 300;
  private static final String BEGIN = " [not tried again: ";
  private static final String END = "]";

  /** The key in summary.json, and the word in an error. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code error} with this reason behind it, at most 300 characters. */
  public String noted(@Nullable String error) {
    String reason = BEGIN + key() + END;
    String before = error == null ? "" : error;
    return before.substring(0, Math.min(before.length(), ERROR_LIMIT - reason.length())) + reason;
  }

  /** The reason noted in an attempt's error, null where there is none. */
  public static @Nullable GivenUp of(AttemptRecord attempt) {
    String error = attempt.error();
    if (error == null || !error.endsWith(END)) {
      return null;
    }
    for (GivenUp each : values()) {
      if (error.endsWith(BEGIN + each.key() + END)) {
        return each;
      }
    }
    return null;
  }
}
