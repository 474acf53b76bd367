package dev.candor.scenario;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the load generator itself tries again what failed.
 *
 * @param policy its name, such as {@code exponential} or {@code openai}
 * @param maxAttempts of one request, the first included; 1: none is tried again
 * @param backoff how long to wait
 * @param on what is tried again
 * @param reach how far an answer may have come and still be tried again
 * @param advice what is made of the server's headers
 * @param budget of the retries of all requests, null: no limit
 * @param breaker that stops retries while the target fails, null: none
 */
public record Retries(
    String policy,
    int maxAttempts,
    Backoff backoff,
    On on,
    Reach reach,
    Advice advice,
    @Nullable Budget budget,
    @Nullable Breaker breaker) {
  /** Every failure is measured, none is tried again. */
  public static final Retries NONE =
      new Retries(
          "none",
          1,
          new Backoff.Immediate(),
          On.DEFAULT,
          Reach.FIRST_TOKEN,
          Advice.DEFAULT,
          null,
          null);

  /** Whether anything is tried again. */
  public boolean any() {
    return maxAttempts > 1;
  }

  /** How long to wait before the next attempt. */
  public sealed interface Backoff {
    /** Not at all. */
    record Immediate() implements Backoff {}

    /** As long each time. */
    record Fixed(long pauseNanos) implements Backoff {}

    /**
     * {@code base · factor^(k − 1)} before retry k, at most {@code max}.
     *
     * @param factor at least 1
     */
    record Exponential(long baseNanos, double factor, long maxNanos, Jitter jitter)
        implements Backoff {}
  }

  /** What chance makes of a pause p. */
  public sealed interface Jitter {
    /** p. */
    record None() implements Jitter {}

    /** From 0 to p. */
    record Full() implements Jitter {}

    /** From p/2 to p. */
    record Equal() implements Jitter {}

    /** From the base to three times the pause before, at most the longest. */
    record Decorrelated() implements Jitter {}

    /** From p less this share of it to p. */
    record Less(double share) implements Jitter {}

    /** From p to p and this. */
    record More(long nanos) implements Jitter {}
  }

  /**
   * What is tried again.
   *
   * @param failures without a status
   * @param statuses of HTTP
   * @param serverErrors every status from 500 on
   */
  public record On(Set<Failure> failures, List<Integer> statuses, boolean serverErrors) {
    /** Failures to connect, timeouts, broken streams, 408, 409, 429 and 5xx. */
    public static final On DEFAULT =
        new On(
            Set.of(Failure.CONNECT, Failure.TIMEOUT, Failure.BROKEN), List.of(408, 409, 429), true);

    public On {
      failures = Set.copyOf(failures);
      statuses = List.copyOf(statuses);
    }

    /** Whether a response with this status is. */
    public boolean has(int status) {
      return (serverErrors && status >= 500) || statuses.contains(status);
    }
  }

  /** Failures without a status. */
  public enum Failure {
    /** No connection, no address, no TLS, or not in time. */
    CONNECT("connect"),
    /** No headers, no first token, no next token or no end in time. */
    TIMEOUT("timeout"),
    /** The connection broke, the stream ended without its end, or told of an error. */
    BROKEN("broken");

    private final String key;

    Failure(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** How far an answer may have come and still be tried again. */
  public enum Reach {
    /** Not even its headers: as the SDKs, for which a stream that has begun is the caller's. */
    HEADERS("headers"),
    /** Not its first token: nobody has read anything. */
    FIRST_TOKEN("first_token"),
    /** Anywhere. */
    END("end");

    private final String key;

    Reach(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /**
   * What is made of the server's headers.
   *
   * @param retryAfter of {@code retry-after-ms} and {@code retry-after}
   * @param resets whether, where a 429 has neither, the longest reset of a limit that is used up
   *     stands in for them
   * @param longestNanos that is honoured
   * @param beyond what is done where the server asks for longer
   * @param shouldRetry whether {@code x-should-retry} decides where it is there
   */
  public record Advice(
      Use retryAfter, boolean resets, long longestNanos, Beyond beyond, boolean shouldRetry) {
    private static final long MINUTE = 60_000_000_000L;

    /** All of it is honoured. */
    public static final Advice DEFAULT = new Advice(Use.HONOUR, true, MINUTE, Beyond.BACKOFF, true);
  }

  /** What becomes of a pause that the server asks for. */
  public enum Use {
    /** The own pause comes on top, so that not all come at the same instant. */
    HONOUR("honour"),
    /** It stands in place of the own pause, as with the SDKs. */
    EXACT("exact"),
    IGNORE("ignore");

    private final String key;

    Use(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** What is done where the server asks for a longer pause than is honoured. */
  public enum Beyond {
    /** As if it had not asked. */
    BACKOFF("backoff"),
    /** The longest that is honoured. */
    CAP("cap"),
    /** The request has failed. */
    GIVE_UP("give_up");

    private final String key;

    Beyond(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /**
   * How many retries there may be: in any {@link #WINDOW_NANOS} at most {@code share} of the
   * requests that began in it and {@code minPerSecond} a second.
   */
  public record Budget(double share, double minPerSecond) {
    /** 10 seconds, as with Finagle. */
    public static final long WINDOW_NANOS = 10_000_000_000L;
  }

  /**
   * Stops retries while the target fails.
   *
   * @param failures share of attempts from which it opens, above 0
   * @param windowNanos in which they are counted, whole seconds
   * @param leastCalls in it, before it may open
   * @param openNanos how long it stays open before it tries
   * @param probes attempts then, by which it closes or opens again
   */
  public record Breaker(
      double failures, long windowNanos, int leastCalls, long openNanos, int probes) {}
}
