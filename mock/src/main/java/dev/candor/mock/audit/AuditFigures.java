package dev.candor.mock.audit;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The application's behaviour in figures; those that too few attempts tell of are null.
 *
 * @param droppedCalls older ones that are no longer kept and in no other figure
 */
public record AuditFigures(
    Calls calls,
    Attempts attempts,
    RetryAfter retryAfter,
    Backoff backoff,
    Pressure pressure,
    Waste waste,
    Failures failures,
    Holding holding,
    long droppedCalls) {

  /**
   * Every call is in one of the four.
   *
   * @param succeededFirst their first attempt did
   * @param succeededLater another attempt did
   * @param underWay none succeeded yet, and one is in flight or came after the slice of time that
   *     the figures are of
   * @param gaveUp none succeeded, and none has followed so far
   */
  public record Calls(long succeededFirst, long succeededLater, long underWay, long gaveUp) {
    /** All of them. */
    public long total() {
      return succeededFirst + succeededLater + underWay + gaveUp;
    }
  }

  /**
   * How often calls were attempted: all attempts are calls (their first) + retries + hedges +
   * repeats.
   *
   * @param retries after all attempts before had ended, none well
   * @param hedges while another was under way
   * @param repeats of a call that had succeeded
   * @param failed by the service
   * @param clientGone the client left before their end
   * @param afterNonRetryable retries that could not help, by what had failed the attempt before
   * @param perCall number of attempts → number of calls
   */
  public record Attempts(
      long total,
      long retries,
      long hedges,
      long repeats,
      long failed,
      long clientGone,
      SortedMap<String, Long> afterNonRetryable,
      SortedMap<Integer, Long> perCall) {

    /** Of one call, 0 without a call. */
    public int most() {
      return perCall.isEmpty() ? 0 : perCall.lastKey();
    }

    /** Retries that could not help. */
    public long uselessRetries() {
      return afterNonRetryable.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Retries that were asked to wait.
   *
   * @param kept came no sooner than asked
   * @param worstNanos by which one came too soon, 0: none did
   */
  public record RetryAfter(long asked, long kept, long worstNanos) {
    /** Came too soon. */
    public long violated() {
      return asked - kept;
    }
  }

  /**
   * The pauses that the client chose alone, from an attempt's end to the retry: without those that
   * kept a {@code retry-after}.
   *
   * @param pauseNanos all of them
   * @param growth ratio of a pause to the one before it in the same call
   * @param jitter coefficient of variation of the calls' first pauses, 0: all the same
   */
  public record Backoff(
      @Nullable Estimate pauseNanos, @Nullable Estimate growth, @Nullable Double jitter) {}

  /**
   * What the retries do to the service.
   *
   * @param amplification attempts a call
   * @param worstAmplification attempts a call that was active, in the worst ten seconds
   * @param burst share of all retries that fell in the busiest 100 ms
   */
  public record Pressure(
      @Nullable Double amplification,
      @Nullable Double worstAmplification,
      @Nullable Double burst) {}

  /**
   * What went wrong, by its name: a status or a fault's, {@code client-gone} where the client left.
   *
   * @param counts name → attempts that ended so
   * @param retried name → those of them that a retry followed
   */
  public record Failures(SortedMap<String, Long> counts, SortedMap<String, Long> retried) {
    /** Where the client left before the end. */
    public static final String CLIENT_GONE = "client-gone";
  }

  /**
   * How long clients wait.
   *
   * @param leftSoonestNanos after which the first one left that did not wait for the end
   * @param leftLatestNanos after which the last of those did
   * @param longestNanos that any attempt took, whoever ended it
   */
  public record Holding(
      @Nullable Long leftSoonestNanos,
      @Nullable Long leftLatestNanos,
      @Nullable Long longestNanos) {}

  /**
   * Tokens of prompts and of what was sent of answers, for nothing.
   *
   * @param failedTokens of attempts that ended without success
   * @param duplicateTokens of answers to a call beyond its first
   */
  public record Waste(long failedTokens, long duplicateTokens) {
    /** Both. */
    public long tokens() {
      return failedTokens + duplicateTokens;
    }
  }
}
