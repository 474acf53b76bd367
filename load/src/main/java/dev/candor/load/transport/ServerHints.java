package dev.candor.load.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server's response headers tell of when to come again. Durations from the response on, in
 * nanoseconds, never negative; null where the server said nothing, or nothing that can be read.
 *
 * @param retryAfterNanos {@code retry-after}: seconds or an HTTP date
 * @param retryAfterMsNanos {@code retry-after-ms}
 * @param shouldRetry {@code x-should-retry}
 * @param requests how the limit on requests stands
 * @param tokens that on all tokens
 * @param inputTokens that on tokens of prompts
 * @param outputTokens that on tokens of answers
 */
public record ServerHints(
    @Nullable Long retryAfterNanos,
    @Nullable Long retryAfterMsNanos,
    @Nullable Boolean shouldRetry,
    Limit requests,
    Limit tokens,
    Limit inputTokens,
    Limit outputTokens) {
  /** A server that says nothing. */
  public static final ServerHints NONE = retryAfter(null, null);

  private static final double SECOND = 1e9;
  private static final double LONGEST_SECONDS = 1e6;
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+)ms)?");

  /**
   * How one limit stands.
   *
   * @param limit of it, a minute's worth in most cases
   * @param remaining of it
   * @param resetNanos until it is whole again
   */
  public record Limit(@Nullable Long limit, @Nullable Long remaining, @Nullable Long resetNanos) {
    /** Nothing was said of it. */
    public static final Limit UNKNOWN = new Limit(null, null, null);
  }

  /** One who only says when to come again. */
  public static ServerHints retryAfter(@Nullable Long afterNanos, @Nullable Long afterMsNanos) {
    return new ServerHints(
        afterNanos, afterMsNanos, null, Limit.UNKNOWN, Limit.UNKNOWN, Limit.UNKNOWN, Limit.UNKNOWN);
  }

  /**
   * Reads a response's headers. An instant counts from the response's own {@code date}, so that no
   * two calendars are compared; without that it is not known.
   *
   * @param header the value of the header of this lower-case name, null where it is not there
   */
  public static ServerHints read(Function<String, @Nullable String> header) {
    Instant reference = httpDate(header.apply("date"));
    return new ServerHints(
        seconds(header.apply("retry-after"), reference),
        millis(header.apply("retry-after-ms")),
        truth(header.apply("x-should-retry")),
        limit(header, "requests", reference),
        limit(header, "tokens", reference),
        limit(header, "input-tokens", reference),
        limit(header, "output-tokens", reference));
  }

  /** What the server asks to wait, by the finer of its two headers; null: it does not ask. */
  public @Nullable Long pauseNanos() {
    return retryAfterMsNanos != null ? retryAfterMsNanos : retryAfterNanos;
  }

  /**
   * Until the limits that are used up are whole again; where it names none as used up, until the
   * last of all is. Null where no reset was told.
   */
  public @Nullable Long resetNanos() {
    Long longest = null;
    Long exhausted = null;
    for (Limit each : new Limit[] {requests, tokens, inputTokens, outputTokens}) {
      longest = later(longest, each.resetNanos());
      if (each.remaining() != null && each.remaining() <= 0) {
        exhausted = later(exhausted, each.resetNanos());
      }
    }
    return exhausted == null ? longest : exhausted;
  }

  private static @Nullable Long later(@Nullable Long one, @Nullable Long other) {
    return one == null || (other != null && other > one) ? other : one;
  }

  private static Limit limit(
      Function<String, @Nullable String> header, String name, @Nullable Instant reference) {
    Long limit =
        first(header, "x-ratelimit-limit-" + name, "anthropic-ratelimit-" + name + "-limit");
    Long remaining =
        first(
            header, "x-ratelimit-remaining-" + name, "anthropic-ratelimit-" + name + "-remaining");
    Long reset = reset(header.apply("x-ratelimit-reset-" + name), reference);
    if (reset == null) {
      reset = reset(header.apply("anthropic-ratelimit-" + name + "-reset"), reference);
    }
    return limit == null && remaining == null && reset == null
        ? Limit.UNKNOWN
        : new Limit(limit, remaining, reset);
  }

  private static @Nullable Long first(
      Function<String, @Nullable String> header, String name, String other) {
    Long value = whole(header.apply(name));
    return value == null ? whole(header.apply(other)) : value;
  }

  private static @Nullable Long whole(@Nullable String text) {
    Double number = number(text);
    return number == null ? null : (long) (double) number;
  }

  private static @Nullable Double number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable Long seconds(@Nullable String text, @Nullable Instant reference) {
    Double number = number(text);
    if (number != null) {
      return nanos(number);
    }
    Instant at = httpDate(text);
    return at == null || reference == null ? null : Long.valueOf(until(at, reference));
  }

  private static @Nullable Long millis(@Nullable String text) {
    Double number = number(text);
    return number == null ? null : nanos(number / 1000);
  }

  private static @Nullable Boolean truth(@Nullable String text) {
    return text == null
        ? null
        : switch (text.strip().toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> null;
        };
  }

  /** OpenAI's {@code 1m30.951s} and {@code 12ms}, plain seconds, or an instant by RFC 3339. */
  private static @Nullable Long reset(@Nullable String text, @Nullable Instant reference) {
    if (text == null || text.isBlank()) {
      return null;
    }
    Double number = number(text);
    if (number != null) {
      return nanos(number);
    }
    Matcher parts = DURATION.matcher(text.strip());
    if (parts.matches()) {
      return nanos(
          86_400 * part(parts.group(1))
              + 3600 * part(parts.group(2))
              + 60 * part(parts.group(3))
              + part(parts.group(4))
              + part(parts.group(5)) / 1000);
    }
    try {
      return reference == null
          ? null
          : Long.valueOf(until(ZonedDateTime.parse(text.strip()).toInstant(), reference));
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private static double part(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  private static @Nullable Instant httpDate(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private static long until(Instant at, Instant reference) {
    Duration between = Duration.between(reference, at);
    return nanos(between.getSeconds() + between.getNano() / SECOND);
  }

  private static long nanos(double seconds) {
    return Math.round(Math.clamp(seconds, 0, LONGEST_SECONDS) * SECOND);
  }
}
