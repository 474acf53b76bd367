package dev.candor.mock.quota;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision as response headers, in each provider's spelling: name to value, names lower-case. */
public final class QuotaHeaders {
  private static final long MILLISECOND_NANOS = 1_000_000;
  private static final long SECOND_MILLIS = 1_000;

  private QuotaHeaders() {}

  /**
   * OpenAI's {@code x-ratelimit-*}, with resets as durations, and for a refused request {@code
   * retry-after} and {@code retry-after-ms}. OpenAI has no names for input or output tokens alone.
   */
  public static Map<String, String> openAi(QuotaDecision decision) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (LimitState state : decision.limits()) {
      switch (state.kind()) {
        case REQUESTS, TOKENS -> {
          String name = state.kind().headerName();
          headers.put("x-ratelimit-limit-" + name, Long.toString(state.limit()));
          headers.put("x-ratelimit-remaining-" + name, Long.toString(state.remaining()));
          headers.put("x-ratelimit-reset-" + name, duration(state.resetNanos()));
        }
        case INPUT_TOKENS, OUTPUT_TOKENS -> {}
      }
    }
    Long retryAfterNanos = retryAfterNanos(decision);
    if (retryAfterNanos != null) {
      headers.put("retry-after", wholeSeconds(retryAfterNanos));
      headers.put("retry-after-ms", Long.toString(millis(retryAfterNanos)));
    }
    return headers;
  }

  /**
   * Anthropic's {@code anthropic-ratelimit-*}, with resets as instants (RFC 3339, rounded up to the
   * second), and for a refused request {@code retry-after}. Where input and output are limited
   * apart, {@code tokens} is their sum.
   *
   * @param now the decision's instant
   */
  public static Map<String, String> anthropic(QuotaDecision decision, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (LimitState state : decision.limits()) {
      putAnthropic(headers, state, now);
    }
    LimitState input = state(decision, LimitKind.INPUT_TOKENS);
    LimitState output = state(decision, LimitKind.OUTPUT_TOKENS);
    if (input != null && output != null && state(decision, LimitKind.TOKENS) == null) {
      putAnthropic(headers, sum(input, output), now);
    }
    Long retryAfterNanos = retryAfterNanos(decision);
    if (retryAfterNanos != null) {
      headers.put("retry-after", wholeSeconds(retryAfterNanos));
    }
    return headers;
  }

  private static void putAnthropic(Map<String, String> headers, LimitState state, Instant now) {
    String prefix = "anthropic-ratelimit-" + state.kind().headerName();
    Instant reset = now.plusNanos(state.resetNanos() + 999_999_999).truncatedTo(ChronoUnit.SECONDS);
    headers.put(prefix + "-limit", Long.toString(state.limit()));
    headers.put(prefix + "-remaining", Long.toString(state.remaining()));
    headers.put(prefix + "-reset", reset.toString());
  }

  private static @Nullable LimitState state(QuotaDecision decision, LimitKind kind) {
    for (LimitState state : decision.limits()) {
      if (state.kind() == kind) {
        return state;
      }
    }
    return null;
  }

  private static LimitState sum(LimitState input, LimitState output) {
    return new LimitState(
        LimitKind.TOKENS,
        input.limit() + output.limit(),
        input.remaining() + output.remaining(),
        Math.max(input.resetNanos(), output.resetNanos()));
  }

  private static @Nullable Long retryAfterNanos(QuotaDecision decision) {
    return switch (decision) {
      case QuotaDecision.Admitted _ -> null;
      case QuotaDecision.Refused refused -> refused.retryAfterNanos();
    };
  }

  /**
   * As OpenAI writes a duration, rounded up to the millisecond: {@code 12ms}, {@code 1m30.951s}.
   */
  static String duration(long nanos) {
    long millis = millis(nanos);
    if (millis > 0 && millis < SECOND_MILLIS) {
      return millis + "ms";
    }
    long minutes = millis / (60 * SECOND_MILLIS);
    long rest = millis % (60 * SECOND_MILLIS);
    String fraction =
        rest % SECOND_MILLIS == 0
            ? ""
            : "." + "%03d".formatted(rest % SECOND_MILLIS).replaceFirst("0+$", "");
    return (minutes > 0 ? minutes + "m" : "") + rest / SECOND_MILLIS + fraction + "s";
  }

  /** Rounded up, and at least one, for 0 would ask for a retry at once. */
  private static String wholeSeconds(long nanos) {
    return Long.toString(Math.max(1, Math.ceilDiv(millis(nanos), SECOND_MILLIS)));
  }

  private static long millis(long nanos) {
    return Math.ceilDiv(nanos, MILLISECOND_NANOS);
  }
}
