package dev.candor.corpus.read;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import tools.jackson.databind.JsonNode;

/** Instants as logs write them, in nanoseconds. */
final class Timestamps {
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendPattern("[' ']")
          .optionalStart()
          .appendLiteral("UTC")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "Z")
          .optionalEnd()
          .toFormatter(java.util.Locale.ROOT);

  private Timestamps() {}

  /** The first of {@code names}; {@link SourceRequest#UNKNOWN_TIME} where there is none. */
  static long of(JsonNode object, String... names) {
    JsonNode value = Fields.first(object, names);
    if (value.isNumber()) {
      return ofNumber(value.decimalValue());
    }
    if (value.isString() && !value.stringValue().isBlank()) {
      return parse(value.stringValue());
    }
    return SourceRequest.UNKNOWN_TIME;
  }

  /**
   * A date with its time, UTC unless it says otherwise, or a number.
   *
   * @throws BadRecord where it is neither
   */
  static long parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.length() < 11 || trimmed.charAt(4) != '-') {
        return ofNumber(new BigDecimal(trimmed));
      }
      TemporalAccessor parsed =
          DATE_TIME.parseBest(withoutColon(trimmed), OffsetDateTime::from, LocalDateTime::from);
      OffsetDateTime time =
          parsed instanceof OffsetDateTime zoned
              ? zoned
              : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
      return Math.addExact(
          Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new BadRecord(
          Reason.BAD_TIME,
          "found a timestamp that cannot be read, must be as 2026-11-28T09:30:00.5Z or a number");
    }
  }

  /** {@code +02:00} as {@code +0200}. */
  private static String withoutColon(String text) {
    int colon = text.length() - 3;
    int sign = colon - 3;
    return sign > 0
            && text.charAt(colon) == ':'
            && (text.charAt(sign) == '+' || text.charAt(sign) == '-')
        ? text.substring(0, colon) + text.substring(colon + 1)
        : text;
  }

  /** Seconds, unless so many that they must be milli-, micro- or nanoseconds since 1970. */
  static long ofNumber(BigDecimal number) {
    double size = Math.abs(number.doubleValue());
    return scaled(number, size < 1e11 ? 9 : size < 1e14 ? 6 : size < 1e17 ? 3 : 0);
  }

  /** {@code number} · 10^{@code digits} nanoseconds. */
  static long scaled(BigDecimal number, int digits) {
    double size = Math.abs(number.doubleValue());
    if (!(size < 9e18 / Math.pow(10, digits)) || number.scale() > 100) {
      throw new BadRecord(
          Reason.BAD_TIME, "found a timestamp beyond all years, must be within them");
    }
    return number.movePointRight(digits).longValue();
  }
}
