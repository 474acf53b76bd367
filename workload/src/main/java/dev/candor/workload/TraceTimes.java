package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.workload.arrival.RowTimes;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Gathers the instants of a trace's rows, as nanoseconds since its first. For one thread. */
final class TraceTimes {
  private static final DateTimeFormatter AZURE =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .toFormatter();

  private long[] nanos = new long[1024];
  private int rows;
  private @Nullable OffsetDateTime firstDate;
  private double firstMillis = Double.NaN;
  private long latest;

  /** The instant of a row as Azure writes it: {@code 2023-11-16 18:17:03.9799600}. */
  long azure(String text, String place) {
    try {
      OffsetDateTime at =
          switch (AZURE.parseBest(text.trim(), OffsetDateTime::from, LocalDateTime::from)) {
            case OffsetDateTime date -> date;
            case LocalDateTime date -> date.atOffset(ZoneOffset.UTC);
            default -> throw new IllegalStateException("neither of the two");
          };
      firstDate = firstDate == null ? at : firstDate;
      return inOrder(Duration.between(firstDate, at).toNanos(), text, place);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw CandorException.user(
          "%s: found the time '%s', must be like 2023-11-16 18:17:03.9799600"
              .formatted(place, text));
    }
  }

  /** The instant of a row as Mooncake has it: milliseconds. */
  long mooncake(JsonNode timestamp, String place) {
    if (!timestamp.isNumber()) {
      throw CandorException.user(
          "%s: has no timestamp in milliseconds, which a replay needs".formatted(place));
    }
    double millis = timestamp.asDouble();
    firstMillis = Double.isNaN(firstMillis) ? millis : firstMillis;
    return inOrder(Math.round((millis - firstMillis) * 1e6), timestamp.asString(), place);
  }

  private long inOrder(long at, String text, String place) {
    if (at < latest) {
      throw CandorException.user(
          "%s: found the time %s, which is earlier than that of the row above; a replay needs times that never go back"
              .formatted(place, text));
    }
    latest = at;
    return at;
  }

  /** Keeps the instant of a row that is sent. */
  void keep(long atNanos) {
    if (rows == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * rows);
    }
    nanos[rows++] = atNanos;
  }

  /** All that were kept, at least one. */
  RowTimes kept() {
    return new RowTimes(Arrays.copyOf(nanos, rows));
  }
}
