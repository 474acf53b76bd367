package dev.candor.scenario;

import java.time.Duration;

/**
 * How long each stage of an attempt may last, in nanoseconds.
 *
 * @param connectNanos from the wish for a connection to its readiness, TLS included
 * @param headersNanos from {@code sent} to complete response headers
 * @param firstTokenNanos from {@code sent} to the first token event
 * @param idleNanos between two socket reads after the first token
 * @param totalNanos from {@code sent} to {@code end}
 */
public record Timeouts(
    long connectNanos, long headersNanos, long firstTokenNanos, long idleNanos, long totalNanos) {

  /** 5 s, 60 s, 60 s, 30 s, 10 min. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(5).toNanos(),
          Duration.ofSeconds(60).toNanos(),
          Duration.ofSeconds(60).toNanos(),
          Duration.ofSeconds(30).toNanos(),
          Duration.ofMinutes(10).toNanos());
}
